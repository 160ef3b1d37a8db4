"""Email: mails read and written, the mailbox and the mail server."""
