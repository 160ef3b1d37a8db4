# Fills a fresh Redmine for the tests: REST on, the fields and the role of Guichet, and the accounts; prints their keys.
# Runs inside Redmine (`rails runner`), after `rake redmine:load_default_data`.
Setting.rest_api_enabled = "1"
Setting.notified_events = []
Setting.text_formatting = "common_mark"
Setting.default_projects_public = "0"
# Nobody but members sees anything.
[Role.non_member, Role.anonymous].each { |role| role.update!(permissions: []) }

guichet = Role.create!(name: "Guichet", assignable: false, issues_visibility: "default", users_visibility: "members_of_visible_projects", permissions: %i[
  view_issues add_issues edit_own_issues add_issue_notes view_private_notes set_notes_private
  manage_issue_relations manage_subtasks
])
agents = Role.find_by!(name: "Manager")

# Our account may move its own tickets to every status, and no other's.
Tracker.all.each do |tracker|
  IssueStatus.all.to_a.permutation(2) do |from, to|
    WorkflowTransition.create!(tracker: tracker, role: guichet, old_status: from, new_status: to, author: true)
  end
end

["Guichet handoff", "Guichet event"].each do |name|
  IssueCustomField.create!(name: name, field_format: "string", is_for_all: true, is_filter: true, visible: false,
                           roles: [guichet], trackers: Tracker.all, max_length: 255)
end

def account(login, first, last, mail, admin: false)
  user = User.new(firstname: first, lastname: last, mail: mail, admin: admin, language: "en", mail_notification: "none")
  user.login = login
  user.password = SecureRandom.hex(16)
  user.save!
  user
end

Setting.default_users_hide_mail = "1"
bot = account("guichet", "Guichet", "Desk", "guichet@example.org")
ana = account("ana", "Ana", "Agent", "ana@example.org")
admin = account("boss", "Olga", "Admin", "olga@example.org", admin: true)
account("lea", "Léa", "Martin", "lea@example.org")
account("u1234", "Uma", "Dupont", "uma@example.org")

ids = { "bot" => bot.id, "agent" => ana.id, "bot_role" => guichet.id, "agent_role" => agents.id }
keys = { "bot_key" => bot.api_key, "agent_key" => ana.api_key, "admin_key" => admin.api_key }
File.write(ENV.fetch("GUICHET_ACCOUNTS"), JSON.generate(ids.merge(keys)))
