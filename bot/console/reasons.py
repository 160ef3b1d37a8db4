"""Why a turn was taken, in plain words."""

from collections.abc import Mapping

from bot.console.names import Names
from bot.console.words import ENDINGS, LANGUAGES, ORIGINS, Pair, told
from bot.dialog.trace import Note, Trace

# Code of the engine -> words; {ref} is what it points at, {detail} what it adds, both in words where there are any.
NOTES: Mapping[str, Pair] = {
    "action_late": ("Le résultat d’une vérification arrive trop tard.", "A check’s result comes too late."),
    "action_finished": ("Une vérification est terminée.", "A check is finished."),
    "action_failed": ("Une vérification a échoué.", "A check failed."),
    "action_timeout": ("Une vérification n’a pas répondu à temps.", "A check did not answer in time."),
    "action_unknown": ("On ne sait pas comment une vérification a fini.", "How a check ended is not known."),
    "file": ("Un fichier, sans un mot.", "A file, without a word."),
    "answer": ("Répond à la question : {ref}.", "Answers the question: {ref}."),
    "answers": ("Répond à plusieurs questions : {ref}.", "Answers several questions: {ref}."),
    "rejected": ("La réponse ne convient pas : {ref} est redemandé.", "The answer does not fit: {ref} is asked again."),
    "left_unanswered": ("La question reste sans réponse : {ref}.", "The question is left open: {ref}."),
    "topic": ("Sujet reconnu : {ref}.", "Topic recognised: {ref}."),
    "rephrase": ("La personne veut reformuler.", "The person wants to rephrase."),
    "resolution_confirmed": ("La personne confirme la résolution.", "The person confirms the resolution."),
    "reopened": ("La demande {ref} est rouverte.", "Request {ref} is reopened."),
    "vip": ("Personne prioritaire : transmission.", "A VIP: handed over."),
    "questions_spent": ("Le nombre de questions permis est atteint.", "The questions allowed are spent."),
    "fixes_spent": ("Le nombre de solutions permis est atteint.", "The fixes allowed are spent."),
    "mails_spent": ("Le nombre de courriels permis est atteint.", "The mails allowed are spent."),
    "news": ("Apporte du nouveau à la demande.", "Adds something new to the request."),
    "correction": ("Corrige une réponse : {ref}.", "Corrects an answer: {ref}."),
    "done_before": ("Dit l’avoir déjà fait.", "Says it was done before."),
    "work_failed": ("Un incident technique chez nous : transmission.", "A fault of ours: handed over."),
    "escalate": ("Décision de transmettre : {detail}.", "Decision to hand over: {detail}."),
    "handoff": ("Transmis à l’équipe : {detail}.", "Handed to the team: {detail}."),
    "fix_helped": ("La solution a marché : {ref}.", "The fix helped: {ref}."),
    "fix_did_not_help": ("La solution n’a pas suffi : {ref}.", "The fix did not help: {ref}."),
    "fix_could_not_try": ("N’a pas pu essayer : {ref}.", "Could not try: {ref}."),
    "fix_skipped": ("Solution passée : {ref}.", "Fix skipped: {ref}."),
    "fix_unknown": ("Solution sans réponse : {ref}.", "No answer on the fix: {ref}."),
    "not_now": ("Pas maintenant : la question reviendra.", "Not now: it will be asked again."),
    "greeting": ("Un bonjour, sans demande.", "A greeting, no request."),
    "nothing_open": ("Rien n’est en cours.", "Nothing is open."),
    "unclear": ("Le problème n’est pas encore clair.", "The problem is not clear yet."),
    "search": ("Aucun parcours, mais un article répond.", "No flow, but an article answers."),
    "out_of_scope": ("Hors de ce que l’assistance traite.", "Out of what the desk handles."),
    "held_for_action": ("Attend la fin d’une vérification.", "Waits for a check to end."),
    "human_owns": ("L’équipe a la main : l’assistant se tait.", "The team owns it: the assistant is silent."),
    "added_to_ticket": ("Ajouté au ticket.", "Added to the ticket."),
    "receipt": ("Accusé de réception.", "A receipt is given."),
    "withdrawn": ("La personne retire sa demande.", "The person withdraws the request."),
    "ticket_known": ("Le numéro de ticket était déjà connu.", "The ticket number was known already."),
    "ticket_number": ("Le numéro de ticket arrive.", "The ticket number arrives."),
    "ticket_opened": ("Le ticket est ouvert.", "The ticket is open."),
    "ticket_delayed": ("L’outil de tickets ne répond pas.", "The ticket tool does not answer."),
    "ticket_reply": ("Réponse depuis le ticket.", "A reply from the ticket."),
    "ticket_state": ("Le ticket change d’état : {detail}.", "The ticket’s state changes: {detail}."),
    "agent_said": ("Une personne de l’équipe répond.", "Somebody of the team answers."),
    "taken_already": ("Déjà prise par quelqu’un.", "Taken by somebody already."),
    "unknown_action": ("Geste inconnu, sans effet.", "An unknown action, without effect."),
    "taken": ("Prise par une personne de l’équipe.", "Taken by somebody of the team."),
    "handed_back": ("Rendue à l’assistant.", "Handed back to the assistant."),
    "resolved": ("Déclarée résolue par l’équipe.", "Resolved by the team."),
    "resolved_already": ("Déjà résolue.", "Resolved already."),
    "edited": ("Un message a été modifié.", "A message was edited."),
    "deleted": ("Un message a été supprimé.", "A message was deleted."),
    "old_button": ("Bouton d’une question passée.", "A button of an earlier question."),
    "unknown_button": ("Bouton inconnu.", "An unknown button."),
    "language_button": ("Change de langue par le bouton : {ref}.", "Changes language by button: {ref}."),
    "miss": ("Pas compris ({detail}).", "Not understood ({detail})."),
    "repeat": ("Demande de répéter.", "Asks to repeat."),
    "cancelled": ("La personne annule.", "The person cancels."),
    "cancel": ("La personne annule.", "The person cancels."),
    "thanks": ("Un merci, sans confirmation.", "A thank-you, no confirmation."),
    "small_talk": ("Conversation, sans demande.", "Small talk, no request."),
    "resume": ("Revient à une demande précédente.", "Goes back to an earlier request."),
    "several": ("Plusieurs problèmes dans un message.", "Several problems in one message."),
    "change_of_subject": ("Change de sujet.", "Changes the subject."),
    "back_to": ("Retour à la demande {ref}.", "Back to request {ref}."),
    "came_back": ("Le problème de la demande {ref} revient.", "The problem of request {ref} came back."),
    "threat": ("Menace ou danger : {detail}.", "Threat or danger: {detail}."),
    "asked_for_human": ("La personne demande quelqu’un.", "The person asks for a person."),
    "third_language": ("Message dans une autre langue.", "A message in another language."),
    "not_solved": ("Toujours en panne.", "Still broken."),
    "no_more_questions": ("Assez de questions : transmission.", "Enough questions: handed over."),
    "ticket_over": ("Le ticket était déjà clos.", "The ticket was over already."),
    "not_with_people": ("L’équipe ne l’avait pas en main.", "It was not with the team."),
    "with_people": ("L’équipe a la main : rien ne change.", "It is with the team: nothing changes."),
    "dismissed": ("Quelqu’un dit que ce n’est pas une demande.", "Somebody says that it is no request."),
    "colleague": ("Un collègue écrit dans le fil.", "A colleague writes in the thread."),
    "help": ("Demande ce qu’on peut écrire.", "Asks what can be written."),
    "which_language": ("Demande une langue sans la nommer.", "Asks for a language without naming one."),
    "rated": ("Avis sur une réponse : {detail}.", "A thumb on an answer: {detail}."),
    "join": ("Continue ici une demande faite ailleurs : {ref}.", "Goes on here with a request made elsewhere: {ref}."),
    "link": ("Preuve d’identité : {detail}.", "Proof of identity: {detail}."),
    "settled": ("Réglée par l’équipe, sans ticket.", "Settled by the team, without a ticket."),
    "action_running": ("Une vérification est en cours.", "A check is running."),
    "timer_late": ("Une minuterie qui n’a plus lieu d’être.", "A timer that no longer applies."),
    "timer": ("Le temps prévu est écoulé : {detail}.", "The time set has passed: {detail}."),
    "status": ("Demande où en est sa demande.", "Asks where the request is."),
    "steps_bound": ("Trop d’étapes en un tour : transmission.", "Too many steps in one turn: handed over."),
    "slot": ("{ref} retenu ({detail}).", "{ref} noted ({detail})."),
    "closed": ("Demande close : {detail}.", "Request closed: {detail}."),
    "passed_over": ("Solution écartée : {ref} ({detail}).", "Fix passed over: {ref} ({detail})."),
    "article": ("Article montré : {ref}, version {detail}.", "Article shown: {ref}, version {detail}."),
    "meanwhile": ("En attendant : {ref}.", "Meanwhile: {ref}."),
    "language": ("Langue : {ref}.", "Language: {ref}."),
    "secret_masked": ("Un secret a été masqué.", "A secret was masked."),
    "flow": ("Parcours : {ref}.", "Flow: {ref}."),
    "branch": ("Branche suivie : {ref}.", "Branch taken: {ref}."),
    "request": ("Demande {ref} : {detail}.", "Request {ref}: {detail}."),
    "step": ("Étape {ref} ({detail}).", "Step {ref} ({detail})."),
}
_WHY_PASSED_OVER: Mapping[str, Pair] = {
    "does_not_apply": ("ne s’applique pas ici", "does not apply here"),
    "tried": ("déjà essayée", "tried already"),
    "done_before": ("déjà faite", "done before"),
    "too_long": ("trop longue pour le temps restant", "too long for the time left"),
}
_TIMERS: Mapping[str, Pair] = {
    "reminder": ("relance", "reminder"),
    "close": ("clôture", "closing"),
    "holding": ("vérifier que cela tient", "does it still hold"),
    "retry": ("reprendre ce qui n’a pu être essayé", "back to what could not be tried"),
    "handoff": ("transmettre sans attendre", "hand over without waiting"),
}


def plain_reasons(trace: Trace, lang: str, names: Names) -> tuple[str, ...]:
    """Tell a trace's notes as sentences, in order."""
    return tuple(dict.fromkeys(_sentence(note, lang, names) for note in trace.notes))


def plain_rule(trace: Trace, lang: str, names: Names) -> str:
    """Tell the one reason that decided the turn; empty for a turn without any."""
    note = next((one for one in trace.notes if one.what == trace.rule), Note(trace.rule))
    return _sentence(note, lang, names) if trace.rule else ""


def _sentence(note: Note, lang: str, names: Names) -> str:
    code, _, told_more = note.what.partition(":")
    pair = NOTES.get(code)
    if pair is None:
        return " ".join(part for part in (note.what, note.ref, note.detail) if part)
    ref, detail = _ref(code, note.ref, lang, names), _detail(code, told_more or note.detail, lang, names)
    sentence = pair[0 if lang == "fr" else 1].format(ref=ref, detail=detail)
    return sentence.replace(" ()", "").replace("\u00a0: .", ".").replace(": .", ".")


def _ref(code: str, ref: str, lang: str, names: Names) -> str:
    match code:
        case "topic":
            return names.topic(ref, lang)
        case "answer" | "rejected" | "left_unanswered" | "correction" | "slot" | "answers":
            return ", ".join(names.slot(slot, lang) for slot in ref.split(",") if slot)
        case "article" | "passed_over" | "meanwhile":
            return names.article(ref, lang)
        case "flow":
            return names.flow(ref, lang)
        case "language" | "language_button":
            return told(LANGUAGES, ref, lang)
        case _ if code.startswith("fix_"):
            return names.article(ref, lang)
        case _:
            return ref


def _detail(code: str, detail: str, lang: str, names: Names) -> str:
    match code:
        case "escalate" | "handoff":
            return names.reason(detail, lang)
        case "slot":
            return told(ORIGINS, detail, lang)
        case "closed":
            return told(ENDINGS, detail, lang)
        case "passed_over":
            return told(_WHY_PASSED_OVER, detail, lang)
        case "request":
            return names.topic(detail, lang)
        case "threat":
            return names.value("threat", detail, lang)
        case "ticket_state":
            return names.state(detail, lang)
        case "timer":
            return told(_TIMERS, detail, lang)
        case _:
            return detail
