"""Understanding: language, topic, entities and dialogue acts of a message, by rules and by a small trained model."""
