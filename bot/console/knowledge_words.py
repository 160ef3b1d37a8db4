"""What the knowledge pages say, in French and English."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal

from bot.console.words import Pair, told

LOCALES = {"fr": "fr", "en": "en_GB"}

KINDS: Mapping[str, Pair] = {
    "fix": ("Solution", "Fix"),
    "workaround": ("Contournement", "Workaround"),
    "how_to": ("Mode d’emploi", "How-to"),
    "advice": ("Conseil", "Advice"),
}
NEEDS: Mapping[str, Pair] = {
    "admin": ("droits d’administration", "admin rights"),
    "presence": ("quelqu’un sur place", "somebody on the spot"),
}
FIELDS: Mapping[str, Pair] = {
    "title": ("Titre", "Title"),
    "topic": ("Sujet", "Topic"),
    "fix": ("Nature", "Kind"),
    "minutes": ("Durée", "Time"),
    "when": ("S’applique si", "Applies if"),
    "needs": ("Réservé à l’équipe", "For the team alone"),
    "done_words": ("Dit que c’est fait", "Says it was done"),
    "signs": ("Signes", "Signs"),
    "cause": ("Cause", "Cause"),
    "risk": ("Attention", "Careful"),
    "source": ("Source", "Source"),
}
TEXTS: Mapping[str, Pair] = {
    **FIELDS,
    "knowledge": ("Connaissances", "Knowledge"),
    "language": ("Langue de la page", "Language of the page"),
    "leave": ("Quitter", "Log out"),
    "skip": ("Aller au contenu", "Skip to the content"),
    # The search
    "ask": ("Chercher un article", "Find an article"),
    "ask_how": (
        "Comme une personne le dirait, en français ou en anglais.",
        "In a person’s own words, in French or in English.",
    ),
    "ask_like": ("mon vpn ne se connecte plus", "my vpn no longer connects"),
    "search": ("Chercher", "Search"),
    "spoken": ("Langue de la question", "Language of the question"),
    "spoken_by_itself": ("Langue : reconnue", "Language: heard"),
    "all_articles": ("Tous les articles", "All articles"),
    "answers": ("Réponses à « {q} »", "Answers to “{q}”"),
    "read_in_fr": ("Question lue en français.", "The question was read in French."),
    "read_in_en": ("Question lue en anglais.", "The question was read in English."),
    "nothing_near": ("Aucun article ne s’en approche.", "No article comes near."),
    "nothing_near_hint": (
        "Essayez avec d’autres mots, ou parcourez les articles par sujet.",
        "Try other words, or look through the articles by topic.",
    ),
    "proposed": ("Proposé en conversation", "Proposed in conversations"),
    "not_proposed": ("Pas assez sûr pour être proposé", "Not sure enough to be proposed"),
    "never_proposed": ("Jamais proposé", "Never proposed"),
    "proposed_none": (
        "Une conversation ne proposerait aucun de ces articles : aucun n’est assez proche.",
        "A conversation would propose none of these articles: none is near enough.",
    ),
    # The list
    "articles_one": ("{n} article", "{n} article"),
    "articles_many": ("{n} articles", "{n} articles"),
    "stale_one": ("{n} traduction en retard", "{n} translation lags behind"),
    "stale_many": ("{n} traductions en retard", "{n} translations lag behind"),
    "topics": ("Sujets", "Topics"),
    "all_topics": ("Tous les sujets", "All topics"),
    "no_topic": ("Sans sujet", "No topic"),
    "origin": ("Origine", "Origin"),
    "all_origins": ("Toutes les origines", "All origins"),
    "stale_only": ("Traductions en retard", "Lagging translations"),
    "narrow": ("Filtrer", "Filter"),
    "list_empty": ("Aucun article ne correspond à ces filtres.", "No article fits these filters."),
    "no_filters": ("Retirer les filtres", "Clear the filters"),
    "pages": ("Pages de la liste", "Pages of the list"),
    "page_of": ("Page {n} sur {last}", "Page {n} of {last}"),
    "previous": ("Précédente", "Previous"),
    "next": ("Suivante", "Next"),
    "pack": ("Pack", "Pack"),
    "n_minutes": ("{n} min", "{n} min"),
    "lags_fr": ("Français en retard", "French lags behind"),
    "lags_en": ("Anglais en retard", "English lags behind"),
    "for_team": ("Réservé à l’équipe : {needs}", "For the team alone: {needs}"),
    "helped": ("a aidé {helped} fois sur {tried}", "helped {helped} of {tried}"),
    "untried": ("pas encore essayé", "not tried yet"),
    # One article
    "version": ("Version {n}", "Version {n}"),
    "since": ("depuis le {day}", "since {day}"),
    "in_fr": ("En français", "In French"),
    "in_en": ("En anglais", "In English"),
    "missing_fr": ("Cet article n’existe pas en français.", "This article does not exist in French."),
    "missing_en": ("Cet article n’existe pas en anglais.", "This article does not exist in English."),
    "as_of": (
        "Ce texte en est resté à la version {tells} ; l’article en est à la {at}.",
        "This text is still that of version {tells}; the article is at {at}.",
    ),
    "cut": ("Le texte est long : la suite n’est pas montrée ici.", "The text is long: the rest is not shown here."),
    "versions": ("Versions", "Versions"),
    "number": ("Version", "Version"),
    "day": ("Date", "Date"),
    "languages": ("Langues", "Languages"),
    "came_of_it": ("Résultat", "What came of it"),
    "read": ("Lire", "Read"),
    "the_version": ("la version {n}", "version {n}"),
    "shown": ("affichée ici", "shown here"),
    "compare_last": ("Comparer les deux dernières", "Compare the last two"),
    "compare_before": ("Comparer à la {before}", "Compare with {before}"),
    "compare_with": ("Comparer la {before} et la {after}", "Compare {before} with {after}"),
    "applies_if": ("S’applique si", "Applies if"),
    "compare": ("Comparer", "Compare"),
    "current": ("actuelle", "current"),
    "earlier": (
        "Vous lisez la version {n} ; l’article en est à la {at}.",
        "You are reading version {n}; the article is at {at}.",
    ),
    "read_current": ("Lire la version actuelle", "Read the current version"),
    "set_aside": (
        "Cet article est mis de côté : la recherche ne le trouve plus. Ses versions restent.",
        "This article is set aside: the search no longer finds it. Its versions stay.",
    ),
    "no_article": ("Cet article n’existe pas.", "There is no such article."),
    "no_version": ("Cette version n’existe pas.", "There is no such version."),
    "not_found": ("Introuvable", "Not found"),
    "not_found_hint": (
        "L’adresse est peut-être incomplète. Cherchez l’article, ou parcourez la liste.",
        "The address may be incomplete. Search for the article, or look through the list.",
    ),
    # Two versions compared
    "comparing": ("Ce qui a changé", "What changed"),
    "from": ("De la version", "From version"),
    "to": ("à la version", "to version"),
    "between": ("De la version {before} à la version {after}", "From version {before} to version {after}"),
    "only_one": (
        "Cet article n’a qu’une version : il n’y a rien à comparer.",
        "This article has one version: there is nothing to compare.",
    ),
    "same_version": (
        "C’est deux fois la même version : choisissez-en deux.",
        "This is the same version twice: choose two.",
    ),
    "no_change": ("Rien n’a changé dans ce texte.", "Nothing changed in this text."),
    "no_change_at_all": ("Rien n’a changé entre ces deux versions.", "Nothing changed between these two versions."),
    "spacing": ("Seuls des espaces ou des retours à la ligne ont changé.", "Only spaces or line breaks changed."),
    "only_in": ("Ce texte n’existe que dans la version {n}.", "This text exists in version {n} only."),
    "for_all": ("Pour toutes les langues", "For all languages"),
    "unchanged_one": ("{n} ligne inchangée", "{n} unchanged line"),
    "unchanged_many": ("{n} lignes inchangées", "{n} unchanged lines"),
    "row_gone": ("Retiré : ", "Removed: "),
    "row_new": ("Ajouté : ", "Added: "),
    "row_changed": ("Modifié : ", "Changed: "),
    "legend_before": ("Dans les textes :", "In the texts:"),
    "legend_removed": ("retiré", "removed"),
    "legend_added": ("ajouté", "added"),
    "compare_cut": (
        "Le texte est long : seul son début est comparé.",
        "The text is long: only its beginning is compared.",
    ),
}  # fmt: skip
CONDITIONS: Mapping[str, Pair] = {
    "known": ("{name} : connu", "{name}: known"),
    "unknown": ("{name} : pas encore connu", "{name}: not known yet"),
    "=": ("{name} : {value}", "{name}: {value}"),
    "value": ("« {value} »", "“{value}”"),
    "!=": ("{name} : autre que {value}", "{name}: other than {value}"),
    "contains": ("{name} contient {value}", "{name} contains {value}"),
    "or": (", ou ", ", or "),
    "and": (" et ", " and "),
    "one_of": (" ou ", " or "),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """Says the texts of the pages in one language."""

    lang: str

    def __call__(self, key: str, **what: object) -> str:
        """Say a text, with what stands in it."""
        return told(TEXTS, key, self.lang).format(**what)

    def count(self, key: str, number: int) -> str:
        """Say how many; in French, none is one."""
        one = number < 2 if self.lang == "fr" else number == 1
        return self(f"{key}_{'one' if one else 'many'}", n=self.number(number))

    def number(self, number: int) -> str:
        """Write a number as it is written in the language."""
        return str(format_decimal(number, locale=LOCALES[self.lang]))
