"""What the desk's pages say of coded things, in French and English."""

from collections.abc import Mapping

Pair = tuple[str, str]  # French, English

OWNERS: Mapping[str, Pair] = {
    "human": ("Avec l’équipe", "With the team"),
    "bot": ("Avec l’assistant", "With the assistant"),
    "nobody": ("Terminées", "Closed"),
    "": ("Toutes", "All"),
}
OWNER_OF_ONE: Mapping[str, Pair] = {
    "human": ("Équipe", "Team"),
    "bot": ("Assistant", "Assistant"),
    "nobody": ("Personne", "Nobody"),
}
CHANNELS: Mapping[str, Pair] = {
    "web": ("Page web", "Web chat"),
    "terminal": ("Terminal", "Terminal"),
    "email": ("Courriel", "Email"),
    "slack": ("Slack", "Slack"),
    "telegram": ("Telegram", "Telegram"),
}
LANGUAGES: Mapping[str, Pair] = {"fr": ("Français", "French"), "en": ("Anglais", "English")}
STATES: Mapping[str, Pair] = {
    "new": ("à prendre", "to be taken"),
    "in_progress": ("en cours", "in progress"),
    "pending": ("en attente de la personne", "waiting for the person"),
    "resolved": ("résolu", "resolved"),
    "closed": ("fermé", "closed"),
}
REASONS: Mapping[str, Pair] = {
    "security": ("sécurité", "security"),
    "bot_failed": ("panne de l’assistant", "the assistant failed"),
    "asked_for_human": ("a demandé quelqu’un", "asked for a person"),
    "frustrated": ("agacement", "frustrated"),
    "vip": ("personne prioritaire", "VIP"),
    "on_site": ("intervention sur place", "hands needed on site"),
    "admin_rights": ("droits d’administration", "admin rights needed"),
    "out_of_policy": ("hors du cadre prévu", "out of policy"),
    "time_limit": ("temps épuisé", "time is up"),
    "fix_failed": ("solutions épuisées", "fixes ran out"),
    "no_fix": ("demande à traiter par l’équipe", "for the team to do"),
    "not_understood": ("non compris", "not understood"),
}
RESULTS: Mapping[str, Pair] = {
    "helped": ("a marché", "helped"),
    "did_not_help": ("sans effet", "did not help"),
    "could_not_try": ("pas pu essayer", "could not try"),
    "skipped": ("passé", "skipped"),
    "done_before": ("déjà fait avant", "done before"),
    "unknown": ("sans réponse", "no answer"),
}
ORIGINS: Mapping[str, Pair] = {
    "first_message": ("premier message", "first message"),
    "answer": ("réponse", "answer"),
    "profile": ("profil", "profile"),
    "channel": ("canal", "channel"),
    "action": ("vérification", "check"),
    "agent": ("équipe", "team"),
    "flow": ("parcours", "flow"),
}
ENDINGS: Mapping[str, Pair] = {
    "solved": ("résolue, confirmée par la personne", "solved, the person confirmed"),
    "left": ("fermée sans réponse", "closed in silence"),
    "unhelped": ("partie sans solution", "left without a solution"),
    "cancelled": ("annulée par la personne", "cancelled by the person"),
    "escalated": ("transmise à l’équipe", "handed to the team"),
    "out_of_scope": ("hors sujet", "out of scope"),
    "answered": ("renseignée", "answered"),
    "not_a_request": ("pas une demande", "not a request"),
}
PROOFS: Mapping[str, Pair] = {
    "none": ("identité non prouvée", "identity not proven"),
    "channel": ("connue par le canal", "known by the channel"),
    "dmarc": ("courriel authentifié", "authenticated mail"),
    "code": ("prouvée par code", "proven by code"),
    "sso": ("prouvée par l’annuaire", "proven by sign-on"),
}
SLOTS: Mapping[str, Pair] = {
    "os": ("Système", "System"),
    "os_version": ("Version", "Version"),
    "device": ("Appareil", "Device"),
    "application": ("Application", "Application"),
    "error_code": ("Code", "Code"),
    "asset": ("Matériel", "Asset"),
    "site": ("Lieu", "Place"),
    "since": ("Depuis", "Since"),
    "affected": ("Touchés", "Affected"),
    "changed": ("Changement", "Change"),
    "order_number": ("Commande", "Order"),
    "invoice_number": ("Facture", "Invoice"),
    "phone": ("Téléphone", "Phone"),
    "email": ("Courriel", "Email"),
    "deadline": ("Échéance", "Deadline"),
    "contact": ("Où joindre", "Contact"),
    "work_meanwhile": ("Peut travailler", "Can work"),
    "threat": ("Menace", "Threat"),
}
VALUES: Mapping[str, Pair] = {
    "windows": ("Windows", "Windows"),
    "macos": ("macOS", "macOS"),
    "linux": ("Linux", "Linux"),
    "ios": ("iOS", "iOS"),
    "android": ("Android", "Android"),
    "one": ("une personne", "one person"),
    "several": ("plusieurs personnes", "several people"),
    "everyone": ("tout le site", "the whole site"),
    "unknown": ("ne sait pas", "does not know"),
    "yes": ("oui", "yes"),
    "no": ("non", "no"),
    "partly": ("en partie", "partly"),
    "here": ("ici", "here"),
    "True": ("oui", "yes"),
    "False": ("non", "no"),
    "received": ("message reçu", "message received"),
    "acted": ("a cliqué ou répondu", "clicked or answered"),
    "active": ("en cours", "under way"),
    "danger": ("danger physique", "physical danger"),
}
EVENTS: Mapping[str, Pair] = {
    "ticket_opened": ("Ticket {what} ouvert", "Ticket {what} opened"),
    "ticket_delayed": ("L’outil de tickets ne répond pas : dossier {what}", "The ticket tool is down: case {what}"),
    "ticket_changed": ("Nouvelles du ticket : {what}", "News from the ticket: {what}"),
    "timer_fired": ("Minuterie : {what}", "Timer: {what}"),
    "action_finished": ("Vérification terminée", "Check finished"),
    "action_failed": ("Vérification en échec : {what}", "Check failed: {what}"),
    "work_failed": ("Incident technique chez nous", "A fault of ours"),
    "take": ("{who} prend la conversation", "{who} takes the conversation"),
    "hand_back": ("{who} la rend à l’assistant", "{who} hands it back to the assistant"),
    "resolve": ("{who} la déclare résolue", "{who} resolves it"),
    "edited": ("Message modifié", "Message edited"),
    "deleted": ("Message supprimé", "Message deleted"),
    "open_ticket": ("Transmission : {priority}, {team}", "Handover: {priority}, {team}"),
    "comment_ticket": ("Ajouté au ticket", "Added to the ticket"),
    "change_ticket": ("Ticket passé à : {what}", "Ticket set to: {what}"),
    "run_action": ("Vérification lancée : {what}", "Check started: {what}"),
    "cancelled": ("non envoyé : l’équipe a pris la main", "not sent: the team took over"),
    "pending": ("envoi en cours", "on its way"),
    "sending": ("envoi en cours", "on its way"),
    "held": ("envoi incertain", "doubtful delivery"),
    "dead": ("non remis", "not delivered"),
    "dropped": ("abandonné", "dropped"),
}


def told(table: Mapping[str, Pair], code: str, lang: str) -> str:
    """Say a code in words; an unknown one stands for itself."""
    pair = table.get(code)
    return code if pair is None else pair[0 if lang == "fr" else 1]
