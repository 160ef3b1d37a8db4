"""The doors of the house: small protocols, with their values and errors beside them."""
