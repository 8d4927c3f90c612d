"""The vocabulary of web-page interfaces: which words and phrases mark a line as furniture; ``lines`` applies it.

It knows families of phrases, in English, that any news site may use, and no site in particular. Every pattern is
anchored or bounded and is tried on the first ``LOOK`` characters of a line only, so the cost of a line has a ceiling.
"""

from __future__ import annotations

import re

from qa_service.ingest.text import vocabulary

LOOK = 400
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_SERVICES = vocabulary(
    "facebook twitter whatsapp linkedin instagram youtube pinterest reddit telegram flipboard pocket messenger tumblr "
    "snapchat tiktok google x threads mastodon bluesky weibo wechat vk digg rss feed feeds sms itunes spotify"
)
_ACTIONS = vocabulary(
    "share shares sharing shared tweet pin email e-mail mail webmail print save bookmark copy link subscribe "
    "unsubscribe subscriber subscribers subscription follow connect login logout log sign in up out register account "
    "profile search menu close cancel submit send reply comment comments like loading skip toggle expand collapse "
    "button buttons view show hide load read listen watch play click tap here join donate download app apps accept "
    "reject manage preferences settings options advertise report flag edit"
)
_PLACES = vocabulary(
    "home homepage top main content navigation next previous prev page pages back post posts more less archives "
    "archive tags topics sections categories category highlights story stories article articles news newsletter "
    "newsletters photo photos video videos gallery galleries podcasts podcast live blog blogs most viewed popular "
    "latest trending recent related recommended featured hot updates editor's picks all see full edition editions "
    "regions index"
)
_HOUSE = vocabulary(
    "about us contact careers jobs advertising advertisement ads ad adchoices sponsored privacy policy policies cookie "
    "cookies terms use service conditions sitemap site map help faq faqs feedback accessibility copyright rights "
    "reserved imprint disclaimer masthead press team staff support statement notice legal corrections reprints "
    "classifieds english français español deutsch italiano português русский 中文 日本語 العربية"
)
_SUBJECTS = vocabulary(
    "world politics business sport sports tech technology science health entertainment opinion travel culture "
    "lifestyle weather economy local arts food music markets money finance education environment style fashion books "
    "movies film tv media africa asia americas europe america us uk china india canada australia middle east latin "
    "international national crime football cricket tennis golf nfl nba mlb nhl games cars autos real estate magazine "
    "life events reviews features columns columnists editorials letters obituaries energy space climate law"
)
GLUE = vocabulary("the this on to via a an our your of and with for by or in it its from at my me you now be are is")
INTERFACE = _SERVICES | _ACTIONS | _PLACES | _HOUSE
MENU = INTERFACE | _SUBJECTS


def _any(*families: str) -> re.Pattern[str]:
    return re.compile("|".join(families), re.IGNORECASE)


def _opening(*families: str) -> re.Pattern[str]:
    return re.compile(rf"\A(?:{'|'.join(families)})", re.IGNORECASE)


# Beginnings of sentences in which the site speaks to its reader. First and second person keep reports about cookies
# or copyright apart from notices about them.
NOTICE = _opening(
    # forms and messages
    r"your e-?mail address will not|required fields|enter your e-?mail|save my name|notify me of|post was not sent",
    r"please (?:enable|check (?:the|your)|enter (?:a|your)|log ?in|sign|verify|read our|disable|refresh|try again)",
    r"never miss |create (?:a|an|your) (?:free )?account|(?:to )?continue reading|disclaimer\s*:|we value your privacy",
    r"this (?:article|content|story) is (?:for|only|available)",
    r"we and our (?:\d+ )?partners|cookies (?:help|allow|enable)",
    r"(?:thanks|thank you) for (?:signing|subscribing|reading|registering)|there was an error|sorry, your",
    r"you (?:are|have been|must be|need to be) (?:now )?(?:subscribed|logged|signed)|already (?:a|have an?) ",
    r"your (?:browser|subscription|request|comment)\b|unable to (?:load|display)|%d bloggers",
    r"(?:this )?(?:video|content|browser) (?:is not|does not|cannot|isn.t) ",
    # consent
    r"(?:we|this (?:web ?)?site|our (?:web ?)?site)(?: and our partners)? use[s]? [^.]{0,40}cookies",
    r"this (?:web ?)?site (?:uses|is protected)",
    r"by (?:clicking|continuing|using|signing|subscribing|registering|submitting|providing|entering|checking)\b"
    r"[^.]{0,160}\b(?:you (?:agree|accept|consent|acknowledge|confirm|are agreeing)|i agree)|i agree (?:that|to)",
    # calls to subscribe, follow, write
    r"(?:sign|log) ?(?:up|in|on|out)\b(?: (?:for|to|with|here|now|or|today)\b|[.:!]|$)",
    r"subscribe (?:to|now|for|today|via)\b",
    r"follow (?:us|@\w+|the author|[^.]{1,60} on (?:twitter|facebook|instagram|x\b))|(?:like|find) us on|contact us",
    r"join (?:us on|our|the (?:conversation|discussion)|\d+)|download (?:our|the) [^.]{0,40}\bapps?\b",
    r"get (?:(?:the|our|all the|more) )?(?:latest|best|day.s|top|daily|biggest|breaking)\b",
    r"get [^.]{0,60}(?:newsletter|inbox)|keep an eye on your inbox|stay (?:tuned|connected|informed|up to date)",
    r"have (?:a|you) (?:got )?(?:a )?(?:news )?(?:tip|story)\b|got a tip|send (?:us|your) ",
    r"click (?:here|on the|to )|tap here",
    # pointers elsewhere
    r"(?:read|see|find out|learn) more\s*(?:[:»>→]|about our|$)",
    r"(?:also read|read also|see also|must read|read next|read)\s*[:|]",
    r"(?:related|recommended|more on this|watch|listen|video|gallery|don.t miss)\s*[:|]",
    r"(?:(?:story|article) continues|scroll (?:down )?(?:for|to)|advertisement)\b",
    # rights and origins
    r"copyright\b|©|\(c\) ?\d{4}|licen[cs]e (?:for|no\b|number)|registration (?:number|no\b)",
    r"(?:proudly )?(?:powered|designed) by|(?:editing|reporting|additional reporting|compiled) by ",
    r"a version of this (?:article|story)",
    r"this (?:article|story|post) (?:was|is|has been|may|contains) "
    r"(?:originally |first )?(?:published|posted|appeared|affiliate|shared|tagged|updated)",
    r"(?:if )?you (?:buy|purchase) (?:something|[^.]{0,40}through)|we may (?:earn|receive)",
    r"our (?:platform|site|website) (?:is|will)\b",
)
# Phrases that make a notice of the sentence they stand in, wherever that is.
ANYWHERE = _any(
    r"all rights reserved|may not be (?:re-?)?(?:published|produced|broadcast)|registered trademark|maintenance mode",
    r"without (?:prior |express )?(?:written )?(?:permission|authori[sz]ation|consent) (?:of|from|is|such)",
    r"privacy (?:policy|notice)[^.]{0,40}(?:terms|cookie)",
    r"terms (?:of|and|&) \w+[^.]{0,40}privacy|cookie (?:policy|settings)",
    r"(?:to|in|meet) your inbox|your e-?mail address|click here|our newsletter|share (?:it|this) with",
    r"(?:subscribe to|sign up for|join our|sign up to) [^.]{0,30}(?:newsletter|channel|magazine|list)",
)
# Short lines only: the end of a picture credit, a temperature.
MARK = _any(
    r"(?:[/|,(©–—-]|\bvia|\bfor) ?(?:the )?(?:getty(?: images)?|reuters|afp|ap|associated press|epa|shutterstock|"
    r"bloomberg|alamy|istock|xinhua|tass|handout|file)(?: photo| images| file)?\W{0,3}$",
    r"\d ?°",
)
# Labels: short lines only, because the same words may open a sentence.
LABEL = _opening(
    r"(?:\d[\d.,]{0,9}k?\+? )?(?:comments?|shares?|views?|likes?|replies|min(?:ute)?s? read)\b|page \d+|\d+ of \d+",
    r"(?:(?:updated|published|posted) )?\d+ ?(?:[hmd]|min|hour|day|week|month|minute)s? ago|(?:image|slide) \d+",
    r"(?:filed|posted|tagged) (?:under|in)\b|(?:tags?|topics?|categor(?:y|ies)|keywords?)\b",
    r"(?:by )?getty images|image caption|media caption|enlarge",
    r"(?:photo|image|picture|photograph|video|credit|graphic)s?\s*(?:credits?\s*)?(?:by|:|courtesy|copyright|/|\|)",
    r"(?:view|show|load) (?:all|more|comments|gallery)|(?:share|print|email|copy) (?:this|link|via|on|to)",
    r"breaking news|exclusive$|sponsored|promoted|advert|ad$|supported by|presented by|brought to you by",
    r"skip (?:to|ad)|jump to|go to|back to|(?:select|choose) (?:your|a)|change (?:your|region)|search (?:for|the)",
    r"more (?:from|on|in|about|stories)\b|get it (?:on|at|from)|buy (?:now|it)|shop now",
    r"sign |log |subscribe|follow |like this",
    r"reading time|time to read|(?:next|previous|older|newer)(?: (?:post|article|story))?\s*:|more about",
    r"loading|up next|now playing|play video|watch (?:now|live|more|the)|newsletter",
)
# Headings after which nothing of the article follows.
FINISH = _opening(
    r"leave a (?:reply|comment)|(?:\d[\d.,]{0,9} )?comments?(?: \(?\d+\)?)?$|comments (?:are|have been) |discussion$",
    r"(?:view|show|see|post|add|read) (?:a |all |the |your |\d+ )?comments?|join the (?:conversation|discussion)",
    r"(?:\d+ )?(?:thoughts|responses|replies) (?:on|to)\b|what do you think\??$|share your thoughts|about the author",
    r"be the first to (?:comment|reply)|have your say|log ?in to (?:comment|reply)|sort by",
    r"(?:copyright|©|\(c\))[^.]{0,12}\d{4}",
)
# Headings of boxes that may stand inside an article as well as below it.
BOX = _opening(
    r"(?:related|recommended|popular|trending|latest|recent|top|featured|similar|other|our latest|most recent|further|"
    r"editor.?s|today.?s|must)\s?(?:stories|articles|news|posts|content|topics|links|videos?|reads?|reading|picks|coverage|"
    r"headlines|now|from|in|on)?$",
    r"most (?:viewed|read|popular|shared|watched|commented|recent)|(?:you (?:may|might|.ll)|readers) (?:also|be)\b",
    r"more (?:from|stories|news|in|on|like|to|top)\b|(?:from )?around the (?:web|network)|from the web",
    r"from our partners|sponsored|promoted",
    r"(?:read|up|what to read|watch|more|see) (?:next|also|this)|don.t miss|trending|recommend|newsletter",
    r"subscribe|sign up",
    r"(?:filed|tagged|posted) (?:under|in)\b|tags?\b|topics?\b|follow us|share (?:this|on|via)",
)
