"""The names of intents that mean something to the understander itself; all others are a pack's own topics."""

OUT_OF_SCOPE = "out_of_scope"
REFUSED = (OUT_OF_SCOPE, "oos")  # their phrases are no business of the desk
GREETING, UNCLEAR, STATUS = "greeting", "unclear", "ticket_status"
TALK = (UNCLEAR, GREETING, *REFUSED)  # no topics: being wrong between them costs nothing
SECURITY, HUMAN = "phishing_security", "human_request"
DANGER, FRUSTRATED = "danger", "frustrated"
MOODS = (DANGER, FRUSTRATED, "satisfied")  # they colour a message and name no topic
SIGNALS = (SECURITY, HUMAN, DANGER, FRUSTRATED)  # what may not be missed, whatever the topic
