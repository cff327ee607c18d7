"""Whether a reason or a note of change says anything (rule DC-19)."""

from __future__ import annotations

import re

_LONGEST_VAGUE = 40
_VAGUE = re.compile(
    r"(?:(?:内容|文字|文件|版本|相关|部分|进行|了|的|有关|一些)*(?:更新|修改|修订|完善|优化|调整|变更|改进)"
    r"(?:了|内容|文字|文件|版本|部分|相关)*)+"
    r"|(?:(?:some|various|minor|general|the|of|and|content|document|text|version|as|needed|required)\W*)*"
    r"(?:updates?|updated|changes?|changed|revis\w+|improv\w+|modif\w+|adjust\w+|edit\w*|corrections?)"
    r"(?:\W*(?:the|of|and|content|document|text|version|made|updated?|changes?|as|needed|required))*",
    re.IGNORECASE,
)


def is_vague(text: str, shortest: int) -> bool:
    """Whether a note is shorter than so many characters, or made of words such as `updated` and `完善内容` alone."""
    said = text.strip(" 。.，,；;！!、\t\n")
    return len(said) < shortest or (len(said) <= _LONGEST_VAGUE and _VAGUE.fullmatch(said) is not None)
