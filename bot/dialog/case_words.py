"""The words of a ticket in both languages: labels, results, reasons and what to try next."""

LABELS = {
    "fr": {
        "symptom": "Symptôme",
        "scope": "Portée",
        "since": "Depuis",
        "environment": "Environnement",
        "code": "Code",
        "deadline": "Échéance",
        "steps": "Essayé",
        "told": "Précisions",
        "next": "À faire",
        "why": "Motif",
        "contact": "Contact",
        "also": "Aussi",
        "files": "Fichiers joints",
        "meanwhile": "peut travailler",
        "nothing": "rien",
        "unproven": "identité non vérifiée",
        "vip": "VIP",
    },
    "en": {
        "symptom": "Symptom",
        "scope": "Scope",
        "since": "Since",
        "environment": "Environment",
        "code": "Code",
        "deadline": "Deadline",
        "steps": "Tried",
        "told": "Details",
        "next": "Next",
        "why": "Why",
        "contact": "Contact",
        "also": "Also",
        "files": "Files attached",
        "meanwhile": "can work",
        "nothing": "nothing",
        "unproven": "identity not verified",
        "vip": "VIP",
    },
}
SCOPES = {
    "fr": {"one": "une personne", "several": "plusieurs personnes", "everyone": "tout le site", "": "inconnue"},
    "en": {"one": "one person", "several": "several people", "everyone": "whole site", "": "unknown"},
}
RESULTS = {
    "fr": {
        "helped": "a aidé",
        "did_not_help": "sans effet",
        "could_not_try": "impossible à essayer",
        "skipped": "passé",
        "done_before": "déjà fait avant",
        "unknown": "sans réponse",
    },
    "en": {
        "helped": "helped",
        "did_not_help": "did not help",
        "could_not_try": "could not be tried",
        "skipped": "skipped",
        "done_before": "done before",
        "unknown": "no answer",
    },
}
REASONS = {
    "fr": {
        "security": "sécurité",
        "bot_failed": "panne de l’assistant",
        "asked_for_human": "a demandé un humain",
        "frustrated": "personne excédée",
        "vip": "VIP",
        "on_site": "intervention sur place",
        "admin_rights": "droits d’administration nécessaires",
        "out_of_policy": "hors périmètre ou accord nécessaire",
        "time_limit": "temps ou échéance dépassés",
        "fix_failed": "solutions épuisées",
        "not_understood": "demande non comprise",
        "no_fix": "demande de service",
    },
    "en": {
        "security": "security",
        "bot_failed": "fault of the assistant",
        "asked_for_human": "asked for a human",
        "frustrated": "person is upset",
        "vip": "VIP",
        "on_site": "hands on site needed",
        "admin_rights": "administrator rights needed",
        "out_of_policy": "outside policy or approval needed",
        "time_limit": "time spent or deadline near",
        "fix_failed": "no fix left",
        "not_understood": "not understood",
        "no_fix": "service request",
    },
}
NEXT = {
    "fr": {
        "security": "Contenir d’abord : sessions, règles de messagerie, poste ; puis rappeler la personne",
        "bot_failed": "Relire la conversation et répondre ; signaler la panne à l’administrateur de Guichet",
        "asked_for_human": "Lire la conversation et répondre à la personne",
        "frustrated": "Répondre vite, sans refaire poser les questions ci-dessus",
        "vip": "Prendre contact en priorité",
        "on_site": "Planifier un passage avec le matériel nécessaire",
        "admin_rights": "Vérifier et corriger avec les droits requis (annuaire, serveur, gestion du parc)",
        "out_of_policy": "Décider ou faire approuver, puis répondre à la personne",
        "time_limit": "Rappeler et reprendre après la dernière étape essayée",
        "fix_failed": "Prise en main à distance ; reprendre après la dernière étape essayée",
        "not_understood": "Lire la conversation et préciser le besoin",
        "no_fix": "Traiter la demande de service",
    },
    "en": {
        "security": "Contain first: sessions, mail rules, device; then call the person back",
        "bot_failed": "Read the conversation and answer; report the fault to Guichet’s administrator",
        "asked_for_human": "Read the conversation and answer the person",
        "frustrated": "Answer fast, without asking again what stands above",
        "vip": "Get in touch first",
        "on_site": "Plan a visit with the parts needed",
        "admin_rights": "Check and mend with the rights it takes (directory, server, device management)",
        "out_of_policy": "Decide or have it approved, then answer the person",
        "time_limit": "Call back and go on after the last step tried",
        "fix_failed": "Remote session; go on after the last step tried",
        "not_understood": "Read the conversation and find out what is needed",
        "no_fix": "Handle the service request",
    },
}
MEANWHILE = {
    "fr": {"yes": "oui", "partly": "en partie", "no": "non"},
    "en": {"yes": "yes", "partly": "partly", "no": "no"},
}
CHANGES = {
    "fr": {
        "password": "mot de passe changé",
        "update": "mise à jour",
        "place": "autre lieu",
        "equipment": "autre matériel",
    },
    "en": {"password": "password changed", "update": "update", "place": "other place", "equipment": "other equipment"},
}
SYSTEMS = {"windows": "Windows", "macos": "macOS", "linux": "Linux", "ios": "iOS", "android": "Android"}
UNTRIED = {"fr": "pas encore essayé", "en": "not tried yet"}
COLON = {"fr": "\u00a0: ", "en": ": "}
