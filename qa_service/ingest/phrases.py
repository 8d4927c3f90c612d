"""The vocabulary of web-page interfaces: which words and phrases mark a line as furniture; ``lines`` applies it.

It knows families of phrases, in English, that any news site may use, and no site in particular. Every pattern is
anchored or bounded and is tried on the first ``LOOK`` characters of a line only, so the cost of a line has a ceiling.
A phrase is taken only in the form that speaks to a reader of the page: "Copyright 2019" and not "copyright", which
may open a paragraph about copyright.
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
    "reject manage preferences settings options advertise report flag edit cookie cookies"
)
_PLACES = vocabulary(
    "home homepage top main content navigation next previous prev page pages back post posts more less archives "
    "archive tags topics sections categories category story stories article articles news newsletter "
    "newsletters photo photos video videos gallery galleries podcasts podcast live blog blogs most viewed popular "
    "latest trending recent related recommended featured hot updates editor's picks all see full edition editions "
    "regions index advertisement ads ad adchoices sponsored"
)
_HOUSE = vocabulary(
    "about us contact careers jobs advertising privacy policy policies terms use service conditions sitemap site map "
    "help faq faqs feedback accessibility copyright rights reserved imprint disclaimer masthead press team staff "
    "support statement notice legal corrections reprints classifieds highlights english français español deutsch "
    "italiano português русский 中文 日本語 العربية"
)
_SUBJECTS = vocabulary(
    "world politics business sport sports tech technology science health entertainment opinion travel culture "
    "lifestyle weather economy local arts food music markets money finance education environment style fashion books "
    "movies film tv media africa asia americas europe america us uk china india canada australia middle east latin "
    "international national crime football cricket tennis golf nfl nba mlb nhl games cars autos real estate magazine "
    "life events reviews features columns columnists editorials letters obituaries energy space climate law"
)
GLUE = vocabulary("the this on to via a an our your of and with for by or in it its from at my me you now be are is")
INTERFACE = _SERVICES | _ACTIONS | _PLACES
MENU = INTERFACE | _HOUSE | _SUBJECTS


def _any(*families: str) -> re.Pattern[str]:
    return re.compile("|".join(families), re.IGNORECASE)


def _opening(*families: str) -> re.Pattern[str]:
    return re.compile(rf"\A(?:{'|'.join(families)})", re.IGNORECASE)


# Beginnings of sentences in which the site speaks to its reader.
NOTICE = _opening(
    # forms and messages
    r"your e-?mail address will not|required fields|enter your e-?mail|save my name|notify me of|post was not sent",
    r"please (?:enable|check (?:the|your)|enter (?:a|your)|log ?in|sign|verify|read our|disable|refresh|try again)",
    r"(?:thanks|thank you) for (?:signing|subscribing|reading|registering)|there was an error|sorry, your",
    r"you (?:are|have been|must be|need to be) (?:now )?(?:subscribed|logged|signed)|unable to (?:load|display)",
    r"already (?:a (?:subscriber|member|user)|have an account|registered)|create (?:a|an|your) (?:free )?account",
    r"your (?:browser|subscription|request|comment)\b|%d bloggers|(?:to )?continue reading|disclaimer\s*:",
    r"(?:this )?(?:video|content|browser) (?:(?:is not|isn.t) (?:available|supported)|cannot be|does not support)",
    r"this (?:article|content|story) is (?:only )?(?:available )?(?:for|to) (?:our )?(?:subscribers|members)",
    # consent
    r"(?:we|this (?:web ?)?site|our (?:web ?)?site)(?: and our partners)? use[s]? [^.]{0,40}cookies",
    r"this (?:web ?)?site (?:uses|is protected)|our (?:platform|site|website) (?:is|will)\b|we value your privacy",
    r"we and our (?:\d+ )?partners|cookies (?:help|allow|enable) us|i agree (?:that|to)",
    r"by (?:clicking|continuing|using|signing|subscribing|registering|submitting|providing|entering|checking)\b"
    r"[^.]{0,160}\b(?:you (?:agree|accept|consent|acknowledge|confirm|are agreeing)|i agree)",
    # calls to subscribe, follow, write
    r"(?:sign|log) ?(?:up|in|on|out)\b(?: (?:for|to|with|here|now|or|today)\b|[.:!]|$)",
    r"subscribe (?:to|now|for|today|via)\b|never miss (?:a|an|out)\b|download (?:our|the) [^.]{0,40}\bapps?\b",
    r"follow (?:us|@\w+|the author|[^.]{1,60} on (?:twitter|facebook|instagram|x\b))|(?:like|find) us on|contact us",
    r"join (?:us on|our|the (?:conversation|discussion)|\d+ )|send (?:us|your) |click (?:here|on the|to )|tap here",
    r"get (?:(?:the|our|all the|more) )?(?:latest|day.s|daily|breaking|top stories|best of)\b",
    r"get [^.]{0,60}(?:newsletter|inbox)|keep an eye on your inbox|stay (?:tuned|connected|informed|up to date)",
    r"have (?:a|you) (?:got )?(?:a )?(?:news )?(?:tip|story)\b|got a tip",
    # pointers elsewhere
    r"(?:read|see|find out|learn) more\s*(?:[:»>→]|about our|$)",
    r"(?:also read|(?:see|read) also|(?:must )?read|read next|related|recommended|more on this|watch)\s*[:|]",
    r"(?:story|article) continues (?:below|after)|scroll (?:down )?(?:for|to)\b|advertisement(?:$| [-–|])",
    # rights and origins
    r"copyright\W{0,4}(?:\d{4}|©|\(c\)|by\b)|copyright [^.]{0,40}all rights|©|\(c\) ?\d{4}",
    r"proudly powered by|powered by wordpress|editing by |(?:additional )?reporting by [^.;]{2,80};",
    r"a version of this (?:article|story)|we may (?:earn|receive) [^.]{0,40}(?:commission|compensation)",
    r"this (?:article|story|post) (?:was|is|has been|may|contains) "
    r"(?:originally |first )?(?:published|posted|appeared|affiliate|shared|tagged|updated)",
    r"(?:if )?you (?:buy|purchase) (?:something|[^.]{0,40}through)",
)
# Phrases that make a notice of the sentence they stand in, wherever that is.
ANYWHERE = _any(
    r"all rights reserved|may not be (?:re-?)?(?:published|produced|broadcast)|registered trademark of",
    r"without (?:the )?(?:prior |express )?written (?:permission|authori[sz]ation|consent)|click here|our newsletter",
    r"our (?:platform|site|website) is in maintenance|share (?:it|this) with (?:a friend|your|others)",
    r"privacy (?:policy|notice)[^.]{0,40}(?:terms|cookie)|terms (?:of|and|&) \w+[^.]{0,40}privacy",
    r"cookie (?:policy|settings)|(?:to|in|meet) your inbox|your e-?mail address",
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
    r"\d[\d.,]{0,9}k?\+? (?:(?:comments?|shares?|views?|likes?|replies)\W{0,2}$|min(?:ute)?s? read\b)",
    r"(?:(?:updated|published|posted) )?\d{1,4} ?(?:[hmd]|min|hour|day|week|month|minute)s? ago",
    r"(?:page )?\d{1,4} of \d{1,4}$|page \d{1,4}$|(?:image|slide) \d|(?:filed|posted|tagged) (?:under|in)\b",
    r"(?:tags?|topics?|categor(?:y|ies)|keywords?)\s*(?::|$)",
    r"(?:by )?getty images|(?:reuters|afp|ap) ?/|(?:image|media) caption|enlarge",
    r"(?:photo|image|picture|photograph|video|credit|graphic)s?\s*(?:credits?\s*)?(?:by|:|courtesy|copyright|/|\|)",
    r"(?:view|show|load) (?:all|more|comments|gallery)|(?:share|print|email|copy) (?:this|link|via|on|to)",
    r"breaking news$|exclusive$|(?:sponsored|promoted)(?:$|:| by| content| post| stories)|(?:supported|presented) by$",
    r"brought to you by|skip (?:to|ad)\b|jump to (?:content|navigation|comments)|back to (?:the )?(?:top|home|article)",
    r"(?:select|choose) (?:your|a)|change (?:region|location|language)|search (?:for|the site|this site|our)?\W{0,2}$",
    r"more (?:from|stories|news|about)\b|get it (?:on|at|from)|buy (?:now|it)|shop now|like this\b|reading time",
    r"sign (?:in|up|out)\b|log (?:in|out)\b|subscribe\b|follow (?:us|our|on|@)|(?:reporting|compiled) by ",
    r"loading(?: |\W{0,3}$)|(?:next|previous|older|newer)(?: (?:post|article|story))?\s*:",
    r"up next|now playing|play video|newsletter",
    r"watch (?:now|live|more|the (?:video|full))|registration (?:number|no)\b",
    r"licen[cs]e (?:for|no\b|number)[^.]{0,60}\d{4,}$",
)
# Headings after which nothing of the article follows.
FINISH = _opening(
    r"leave a (?:reply|comment)|(?:\d[\d.,]{0,9} )?comments?(?: \(?\d+\)?)?$|be the first to (?:comment|reply)",
    r"comments (?:are|have been) (?:closed|disabled|moderated|turned)|log ?in to (?:comment|reply)|have your say",
    r"(?:view|show|see|post|add|read) (?:a |all |the |your |\d+ )?comments?$|join the (?:conversation|discussion)",
    r"(?:\d+ )?(?:thoughts|responses|replies) (?:on|to)\b|share your thoughts|about the author|sort by\b",
    r"(?:copyright|©|\(c\))[^.]{0,60}all rights reserved",
)
# Headings of boxes that may stand inside an article as well as below it.
BOX = _opening(
    r"(?:related|recommended|popular|trending|latest|recent|top|featured|similar|other|our latest|most recent|further|"
    r"editor.?s|today.?s|must)\s?(?:stories|articles|news|posts|content|topics|links|videos?|reads?|reading|picks|"
    r"coverage|headlines|now|from|in|on)?$",
    r"most (?:viewed|read|popular|shared|watched|commented|recent)|(?:you (?:may|might|.ll)|readers) (?:also|be)\b",
    r"more (?:from|stories|news|in|on|like|to|top)\b|(?:from )?around the (?:web|network)|from the web",
    r"from our partners|(?:sponsored|promoted)(?:$| content| links| stories)|what do you think\?$|trending\b",
    r"newsletter|(?:read|up|what to read|watch|more|see) (?:next|also|this)|don.t miss|subscribe|sign up|follow us",
    r"(?:filed|tagged|posted) (?:under|in)\b|(?:tags?|topics?)\s*(?::|$)|share (?:this|on|via)",
    r"(?:copyright|©|\(c\)) ?\d{4}",
)
