from __future__ import annotations

from govsite.hanzi.fold import find_traditional, fold, fold_with_places, simplified_pairs
from govsite.hanzi.pinyin import find_units, syllables


def test_table_is_one_to_one_and_its_results_are_simplified() -> None:
    traditional, simplified = simplified_pairs()
    assert len(traditional) == len(simplified) == len(set(traditional))
    assert not set(simplified) & set(traditional)
    assert list(traditional) == sorted(traditional)


def test_traditional_characters_of_a_text_are_listed() -> None:
    assert find_traditional("政務公開開") == ("務開", "务开")
    assert find_traditional("\uf93d") == ("綠", "绿")
    assert find_traditional("政务公开，ABC") == ("", "")


def test_places_point_into_the_text() -> None:
    text = "第①条 務(wù)必"
    folded, places = fold_with_places(text)
    assert folded == "第1条务必"
    assert "".join(text[place] for place in places[:-1]) == "第①条務必"


def test_line_ends_stay() -> None:
    assert fold("一\r二\u2029三") == "一\n二\n三"


def test_syllables_are_sorted_and_plain() -> None:
    assert list(syllables()) == sorted(set(syllables()))
    assert {"zheng", "wu", "lv", "nve", "er", "a"} <= set(syllables())
    assert not {"n", "ng", "hm", "m"} & set(syllables())


def test_whole_syllables_fit_themselves_only() -> None:
    read = ("zheng", "wu", "gong", "kai")
    assert find_units(("zheng", "wu"), read) == 0
    assert find_units(("g", "k"), read) == 2
    assert find_units(("gon",), read) == 2
    assert find_units(("zhen",), read) == -1
    assert find_units(("wu", ""), ("wu", "")) == -1
