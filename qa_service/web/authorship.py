"""Says who wrote an answer where a language model is configured; on the chat page ``static/authorship.js`` does."""

from __future__ import annotations

from markupsafe import Markup

from qa_service.chats.saved import Author
from qa_service.web.texts import Catalogue


def said(author: Author, catalogue: Catalogue) -> Markup:
    """Return it in one line, in the language of the catalogue; nothing, if the documents are quoted as they always are.

    The reason for which a model did not write stays in English and is marked as such.
    """
    note = Markup('<span lang="en">{}</span>').format(author.note)
    if author.name is None:
        return catalogue.say("model.unused", note=note) if author.note else Markup()
    parts = [catalogue.say("model.wrote", name=author.name)]
    parts += [catalogue.say("model.withheld", n=author.withheld)] if author.withheld else []
    parts += [catalogue.say("model.broke", note=note)] if author.note else []
    return Markup(" · ").join(parts)
