"""The ticket systems the bridge can speak to, one file each."""
