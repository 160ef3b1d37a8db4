// A small app on Slack's own framework: it echoes, by message, button, modal, command and home tab.
// Environment: SLACK_API, SLACK_BOT_TOKEN, and SLACK_APP_TOKEN for Socket Mode or SLACK_SIGNING_SECRET and PORT for HTTP.
const { App } = require('@slack/bolt');

const { SLACK_API, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, PORT } = process.env;
const clientOptions = { slackApiUrl: SLACK_API };
const app = new App({
  token: SLACK_BOT_TOKEN,
  clientOptions,
  installerOptions: { clientOptions },
  ...(SLACK_APP_TOKEN ? { socketMode: true, appToken: SLACK_APP_TOKEN } : { signingSecret: SLACK_SIGNING_SECRET }),
});
const plain = (text) => ({ type: 'plain_text', text });

app.message(async ({ message, client, say }) => {
  const { user } = await client.users.info({ user: message.user });
  await say({
    text: `${user.profile.email} said ${message.text}`,
    thread_ts: message.thread_ts,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `${user.profile.email} said ${message.text}` } },
      { type: 'actions', elements: [{ type: 'button', action_id: 'more', text: plain('More'), value: message.ts }] },
    ],
  });
});

app.event('app_mention', async ({ event, client }) => {
  await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: 'You called?' });
});

app.action('more', async ({ ack, body, action, client }) => {
  await ack();
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `pressed ${action.value}` });
  await client.views.open({
    trigger_id: body.trigger_id,
    view: {
      type: 'modal',
      callback_id: 'form',
      title: plain('More'),
      submit: plain('Send'),
      blocks: [
        { type: 'input', block_id: 'line', label: plain('Words'), element: { type: 'plain_text_input', action_id: 'words' } },
      ],
    },
  });
});

app.view('form', async ({ ack, body, view, client }) => {
  const words = view.state.values.line.words.value;
  if (words === 'bad') {
    await ack({ response_action: 'errors', errors: { line: 'Better words, please' } });
    return;
  }
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: `form says ${words}` });
});

app.command('/echo', async ({ ack, command, respond }) => {
  await ack(`at once ${command.text}`);
  await respond(`later ${command.text}`);
});

app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({
    user_id: event.user,
    view: { type: 'home', blocks: [{ type: 'section', text: plain(`Home of ${event.user}`) }] },
  });
});

app.start(Number(PORT || 0)).then(() => console.log('ready'));
