"""Whole packs: loaded, composed into a playbook, checked, and tried by golden conversations."""
