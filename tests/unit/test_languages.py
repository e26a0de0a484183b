from datetime import date
from pathlib import Path

import pytest
from confnotes.model import TalkKind
from confnotes.notes.entities.parse_people import parse_people
from confnotes.notes.entities.section_words import (
    is_break,
    is_group_heading,
    is_missed,
    is_subheading,
)
from confnotes.notes.entities.session_heading import parse_session_heading
from confnotes.notes.entities.talk_kinds import detect_kind
from confnotes.notes.languages.dates import match_date, match_day, name_day
from confnotes.notes.languages.guess import guess_language
from confnotes.notes.languages.phrase_tables import KEYS, LanguageError, languages, read_language
from confnotes.notes.pipeline import read_note
from confnotes.notes.read_post import MAX_CONFIDENCE_WITHOUT_TABLE

CODES = {"en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "ja", "zh", "ko"}


def test_every_language_has_a_table() -> None:
    assert {table.code for table in languages()} == CODES
    assert languages()[0].code == "en"


def test_the_guide_explains_every_key() -> None:
    guide = Path(__file__).parents[2].joinpath("guide", "languages.md").read_text("utf-8")
    assert [key for key in sorted(KEYS) if f"`{key}`" not in guide] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[fields]\nspeeker = 'Ana'", "xx.toml: fields.speeker is unknown"),
        ("[fields]\nspeakers = ['a']", "xx.toml: fields.speakers is no text"),
        ("[fields]\nspeakers = 'a,, b'", "xx.toml: fields.speakers has an empty phrase"),
        ("[dates]\nmonths = 'a, b'", "xx.toml: dates.months has 2 phrases; write 12"),
        ("name = 'X'", "xx.toml: common_words is missing"),
        ("name = ", "xx.toml: Invalid value"),
    ],
)
def test_an_error_in_a_table_says_where_it_is(tmp_path: Path, text: str, message: str) -> None:
    table = tmp_path / "xx.toml"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(LanguageError, match=message.replace(".", r"\.")):
        read_language(table)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *((f"Kettle – {day}", (2, None)) for day in ("Day 2", "day two", "Second day", "Day2")),
        *(("Kettle – " + day, (2, None)) for day in ("Tag 2", "2. Tag", "zweiter Tag", "Day #2")),
        *((day, (2, None)) for day in ("Jour 2", "J2", "2e dag", "Dag 2", "Día 2", "segundo día")),
        *((day, (2, None)) for day in ("Dia 2", "Giorno 2", "secondo giorno", "Dzień 2")),
        *((day, (2, None)) for day in ("День 2", "2-й день", "второй день", "2º dia")),
        *((day, (2, None)) for day in ("Dzień drugi", "День второй", "giorno secondo")),
        *((day, (2, None)) for day in ("2日目", "２日目", "二日目", "第二天", "第2天", "2일차")),
        *((day, (None, 4)) for day in ("Freitag", "vendredi", "viernes", "sexta-feira", "venerdì")),
        *((day, (None, 4)) for day in ("vrijdag", "piątek", "пятница", "金曜日", "周五", "금요일")),
    ],
)
def test_days_of_an_event(text: str, day: tuple[int | None, int | None]) -> None:
    match = match_day(text)
    assert match is not None
    assert (match.count, match.weekday) == day


@pytest.mark.parametrize(
    "text", ["Tagesordnung", "Day 2015", "3 day workshop", "Segunda palestra", "Jan Dag", "毎日"]
)
def test_what_is_no_day(text: str) -> None:
    assert match_day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "3. Oktober 2031", "3 octobre 2031", "3 de octubre de 2031", "3 de outubro de 2031",
        "3 ottobre 2031", "3 oktober 2031", "3 października 2031", "3 октября 2031 г.",
        "2031年10月3日（金）", "2031年10月3號", "2031년 10월 3일", "October 3rd, 2031", "3.10.2031",
    ],
)  # fmt: skip
def test_dates(text: str) -> None:
    match = match_date(text)
    assert match is not None
    assert match.date() == date(2031, 10, 3)


@pytest.mark.parametrize(
    ("like", "name"),
    [
        ("Day 1", "Day 3"),
        ("Tag 1", "Tag 3"),
        ("1日目", "3日目"),
        ("jeudi", "samedi"),
        ("", "Day 3"),
    ],
)
def test_the_next_day_is_named_like_the_last(like: str, name: str) -> None:
    assert name_day(like, 3, 5) == name


@pytest.mark.parametrize(
    ("text", "event", "day", "session"),
    [
        (
            "Notizen zur KesselConf 2031 – Tag 2 – Vormittag",
            "KesselConf 2031",
            "Tag 2",
            "Vormittag",
        ),
        (
            "Notes de la BouilloireConf 2031 : Jour 2, matin",
            "BouilloireConf 2031",
            "Jour 2",
            "matin",
        ),
        (
            "ケトルカンファレンス 2031 参加レポート（2日目）",
            "ケトルカンファレンス 2031",
            "2日目",
            "",
        ),
        ("水壶大会 2031 第二天 – 上午", "水壶大会 2031", "第二天", "上午"),
        ("주전자 컨퍼런스 2031 후기 - 2일차", "주전자 컨퍼런스 2031", "2일차", ""),
        ("Заметки с ЧайникКонф 2031 – День 2", "ЧайникКонф 2031", "День 2", ""),
    ],
)
def test_heads_of_posts(text: str, event: str, day: str, session: str) -> None:
    found = parse_session_heading(text)
    assert (found.event, found.day, found.session) == (event, day, session)


def test_parts_of_talks_groups_and_breaks() -> None:
    parts = "Fragen, Résumé:, Conclusión, Perguntas, Domande e risposte, Samenvatting, Wnioski"
    parts += ", Вопросы, まとめ, 質疑応答, 总结, 问答, 질의응답, Schritt 2: Tee, 3. Zusammenfassung"
    assert [part for part in parts.split(", ") if not is_subheading(part)] == []
    assert all(map(is_group_heading, ("Vorträge", "Les conférences", "Mis charlas", "セッション")))
    assert all(map(is_group_heading, ("Keynotes und Vorträge", "Talks & workshops")))
    assert all(map(is_break, ("Mittagspause", "Déjeuner", "Almuerzo", "昼食", "茶歇", "점심")))
    assert is_missed("(verpasst)")
    assert not is_subheading("Fragen an die Zukunft des Kessels")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Podiumsdiskussion: Wohin mit dem Tee?", TalkKind.PANEL),
        ("Table ronde : le thé en 2031", TalkKind.PANEL),
        ("【基調講演】お茶の未来", TalkKind.KEYNOTE),
        ("主题演讲：茶的未来", TalkKind.KEYNOTE),
        ("Taller: hervir agua", TalkKind.WORKSHOP),
        ("라이트닝 토크", TalkKind.LIGHTNING),
        ("Der Tee und sein Workshop im langen Vortrag", TalkKind.TALK),
    ],
)
def test_kinds(text: str, kind: TalkKind) -> None:
    assert detect_kind(text) is kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- Wir kochen das Wasser nicht mehr im Kessel\n- Der Tee ist für alle da", "de"),
        ("- on ne fait plus bouillir l'eau dans la bouilloire", "fr"),
        ("- el agua no se hierve en la tetera\n- cómo enfriar", "es"),
        ("- a água não ferve na chaleira", "pt"),
        ("- l'acqua non bolle nella teiera\n- come si fa il tè", "it"),
        ("- het water kookt niet in de ketel", "nl"),
        ("- woda nie gotuje się w czajniku, bo jest zimna", "pl"),
        ("- вода не кипит в чайнике", "ru"),
        ("- 水がやかんで沸かない", "ja"),
        ("- 水壶里的水没有烧开", "zh"),
        ("- 주전자의 물이 끓지 않는다", "ko"),
        ("Kettles – Bo Larsson", "en"),
        ("- vattnet kokar inte i kitteln\n" * 12, ""),
        ("- το νερό δεν βράζει στον βραστήρα", ""),
    ],
)
def test_the_language_of_a_note(text: str, code: str) -> None:
    assert guess_language(text) == code


def test_a_note_knows_its_language() -> None:
    note = read_note(
        "Tee – Bo Larsson\n\n- Wir kochen das Wasser nicht im Kessel".encode(), "a.txt"
    )
    assert note.language == "de"


def test_guesses_about_a_note_in_an_unknown_language_are_doubted() -> None:
    body = "- vattnet kokar inte i kitteln\n" * 12
    note = read_note(f"Bo Larsson – Vattnet i kitteln\n\n{body}".encode(), "a.txt")
    english = read_note(b"Bo Larsson - The water in the kettle\n\n- it boils", "a.txt")
    assert note.language == ""
    assert [one.confidence for one in note.talks[0].guesses] == [MAX_CONFIDENCE_WITHOUT_TABLE]
    assert min(one.confidence for one in english.talks[0].guesses) > MAX_CONFIDENCE_WITHOUT_TABLE


def test_a_second_person_who_may_be_a_company_is_doubted() -> None:
    people = parse_people("Ana Ruiz, Bo Larsson", 1)
    company = parse_people("Ana Ruiz, Vrij Vuur", 1)
    assert people is not None
    assert company is not None
    assert company.score < people.score - 2.0
