"""The web pages: the chat page, the privacy notice and the desk. They read, and act only through the inbox."""
