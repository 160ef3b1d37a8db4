// What the widget itself says, in both languages. Everything else comes from the bot.
const WORDS = {
  fr: {
    open: "Ouvrir l’assistance",
    close: "Fermer",
    title: "Assistance",
    automatic: "Assistant automatique",
    inTeam: "Transmis à l’équipe",
    agent: (name) => `${name} vous répond`,
    ticket: (key) => `Demande ${key}`,
    human: "Un humain",
    humanLong: "Parler à quelqu’un",
    humanCalled: "Une personne suit votre demande",
    language: "Langue",
    languageName: "Français",
    languageSet: (name) => `Langue : ${name}`,
    log: "Conversation",
    hello: "Quel est le problème ?",
    lead: "Décrivez-le en une phrase, avec le message ou le code affiché si vous en avez un. Un assistant automatique répond ; une personne prend le relais dès que vous le souhaitez.",
    starters: "Pour commencer",
    field: "Votre message",
    placeholder: "Écrivez votre message…",
    send: "Envoyer",
    attach: "Joindre un fichier",
    answers: "Réponses proposées",
    sending: "Envoi…",
    sent: "Envoyé",
    refused: "Non envoyé",
    typing: "L’assistant écrit…",
    from: { person: "Vous", bot: "Assistant", agent: "Équipe" },
    lost: "Connexion perdue. Ce que vous écrivez partira dès qu’elle revient.",
    expired: "La session précédente a expiré ; une nouvelle commence.",
    tooLong: (count, limit) => `${number(count, "fr")} caractères sur ${number(limit, "fr")} : raccourcissez le message.`,
    room: (count, limit) => `${number(count, "fr")} / ${number(limit, "fr")}`,
    tooLarge: (name, size) => `« ${name} » fait ${size} ; la limite est de 10 Mo.`,
    badType: (name, endings) => `« ${name} » : ce type de fichier n’est pas accepté (acceptés : ${endings}).`,
    emptyFile: (name) => `« ${name} » est vide.`,
    save: (name) => `Enregistrer « ${name} »`,
    noFile: (name) => `« ${name} » n’est pas disponible pour l’instant : réessayez dans un moment.`,
    drop: "Déposez le fichier ici",
    today: "Aujourd’hui",
    yesterday: "Hier",
    privacy: "Vos données",
    foot: "Ni mot de passe ni information de santé ici.",
    units: ["octets", "Ko", "Mo"],
  },
  en: {
    open: "Open support chat",
    close: "Close",
    title: "Support",
    automatic: "Automatic assistant",
    inTeam: "Handed to the team",
    agent: (name) => `${name} is answering`,
    ticket: (key) => `Request ${key}`,
    human: "A human",
    humanLong: "Talk to a person",
    humanCalled: "A person is on your request",
    language: "Language",
    languageName: "English",
    languageSet: (name) => `Language: ${name}`,
    log: "Conversation",
    hello: "What is the problem?",
    lead: "Tell it in one sentence, with the message or code you see, if any. An automatic assistant answers; a person takes over whenever you like.",
    starters: "To begin with",
    field: "Your message",
    placeholder: "Write your message…",
    send: "Send",
    attach: "Attach a file",
    answers: "Suggested answers",
    sending: "Sending…",
    sent: "Sent",
    refused: "Not sent",
    typing: "The assistant is typing…",
    from: { person: "You", bot: "Assistant", agent: "Team" },
    lost: "Connection lost. What you write leaves as soon as it is back.",
    expired: "The earlier session has expired; a new one begins.",
    tooLong: (count, limit) => `${number(count, "en")} characters of ${number(limit, "en")}: please shorten the message.`,
    room: (count, limit) => `${number(count, "en")} / ${number(limit, "en")}`,
    tooLarge: (name, size) => `“${name}” is ${size}; the limit is 10 MB.`,
    badType: (name, endings) => `“${name}”: this kind of file is not accepted (accepted: ${endings}).`,
    emptyFile: (name) => `“${name}” is empty.`,
    save: (name) => `Save “${name}”`,
    noFile: (name) => `“${name}” is not available right now: please try again in a moment.`,
    drop: "Drop the file here",
    today: "Today",
    yesterday: "Yesterday",
    privacy: "Your data",
    foot: "No password and no health details here, please.",
    units: ["bytes", "KB", "MB"],
  },
};

const number = (count, lang) => new Intl.NumberFormat(lang).format(count);

function sizeIn(bytes, lang) {
  const units = WORDS[lang].units;
  const step = bytes >= 1048576 ? 2 : bytes >= 1024 ? 1 : 0;
  const told = new Intl.NumberFormat(lang, { maximumFractionDigits: step === 2 ? 1 : 0 }).format(bytes / 1024 ** step);
  return `${told}\u00a0${units[step]}`;
}

function dayIn(moment, lang) {
  const day = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const ago = Math.round((day(new Date()) - day(moment)) / 86400000);
  const locale = (navigator.languages ?? []).find((one) => one.startsWith(lang)) ?? lang;
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(moment);
  if (ago === 0) return `${WORDS[lang].today}, ${time}`;
  if (ago === 1) return `${WORDS[lang].yesterday}, ${time}`;
  return `${new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" }).format(moment)}, ${time}`;
}
