"""The flow language: YAML to the values of bot/dialog/flow.py, with every fault named at once."""
