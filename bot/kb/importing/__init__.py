"""Articles from elsewhere: folders, Confluence, Zendesk Guide and help sites, read again only where they changed."""
