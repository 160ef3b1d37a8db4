"""The web pages: chat, privacy notice, desk and knowledge. They read, and act through the inbox alone."""
