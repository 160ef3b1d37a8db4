"""Knowledge: articles from files, a search over them in both languages, and an importer."""
