"""Exports as survey tools write them, made from one table of answers."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from trust_playbook.library.instruments import Instrument

Points = Sequence[Sequence[int | None]]
GERMAN = (
    "Stimme überhaupt nicht zu", "Stimme nicht zu", "Stimme eher nicht zu", "Weder noch", "Stimme eher zu",
    "Stimme zu", "Stimme voll und ganz zu",
)  # fmt: skip
FRENCH = (
    "Pas du tout d’accord", "Pas d’accord", "Plutôt pas d’accord", "Ni d’accord ni pas d’accord", "Plutôt d’accord",
    "D’accord", "Tout à fait d’accord",
)  # fmt: skip
SPANISH = (
    "Totalmente en desacuerdo", "En desacuerdo", "Algo en desacuerdo", "Ni de acuerdo ni en desacuerdo",
    "Algo de acuerdo", "De acuerdo", "Totalmente de acuerdo",
)  # fmt: skip
PORTUGUESE = (
    "Discordo totalmente", "Discordo", "Discordo parcialmente", "Não concordo nem discordo", "Concordo parcialmente",
    "Concordo", "Concordo totalmente",
)  # fmt: skip


def table(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n", *, quoted: bool = False) -> str:
    """Return rows as CSV text."""
    out = io.StringIO()
    if quoted:
        csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    else:
        csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def numbers(row: Sequence[int | None]) -> list[str]:
    """Return points as digits."""
    return ["" if point is None else str(point) for point in row]


def worded(row: Sequence[int | None], words: Sequence[str]) -> list[str]:
    """Return points of a scale from 1 as words."""
    return ["" if point is None else words[point - 1] for point in row]


def texts_of(asked: Instrument) -> list[str]:
    """Return the statements as a form shows them."""
    return [item.text or item.id for item in asked.items]


def google_forms(asked: Instrument, points: Points) -> bytes:
    """One header row, the time and the address first, numbers of a linear scale."""
    head = ["Timestamp", "Email Address", *texts_of(asked), "Anything else?"]
    rows = [
        [f"11/16/2026 9:{10 + at}:33", f"p{at}@example.org", *numbers(row), "All good,\nreally"]
        for at, row in enumerate(points)
    ]
    return table([head, *rows]).encode()


def google_forms_grid_in_german(asked: Instrument, points: Points) -> bytes:
    """A grid: the question with the row in brackets; the browser's language gives the time its name."""
    head = ["Zeitstempel", *(f"Wie sehr stimmst du zu? [{text}]" for text in texts_of(asked))]
    rows = [[f"16.11.2026 09:{10 + at}:33", *worded(row, GERMAN)] for at, row in enumerate(points)]
    return table([head, *rows]).encode()


def microsoft_forms(asked: Instrument, points: Points) -> bytes:
    """A workbook: five columns of its own, non-breaking spaces in the headers."""
    own = ["ID", "Start time", "Completion time", "Email", "Name"]
    head = [*own, *(f"{text.replace(' on ', chr(160) + 'on ')}\n" for text in texts_of(asked))]
    words = asked.scale.anchors
    rows = [
        [str(at + 1), "45612.38", "45612.39", "anonymous", "", *worded(row, words)] for at, row in enumerate(points)
    ]
    return workbook([head, *rows])


def microsoft_forms_csv_from_german_excel(asked: Instrument, points: Points) -> bytes:
    """The workbook saved again by a German Excel: semicolons and Windows-1252."""
    own = ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Uhrzeit der letzten Änderung"]
    rows = [
        [str(at + 1), "16.11.26 09:12", "16.11.26 09:15", f"p{at}@example.org", "Müller", "", *worded(row, GERMAN)]
        for at, row in enumerate(points)
    ]
    return table([[*own, *texts_of(asked)], *rows], ";", "\r\n").encode("cp1252")


def microsoft_forms_in_french(asked: Instrument, points: Points) -> bytes:
    """Headers and labels of a French form, in UTF-16 as Excel's Unicode text."""
    own = ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"]
    rows = [[str(at + 1), "a", "b", "anonymous", "", *worded(row, FRENCH)] for at, row in enumerate(points)]
    return table([[*own, *texts_of(asked)], *rows], "\t", "\r\n").encode("utf-16")


def surveymonkey(asked: Instrument, points: Points) -> bytes:
    """Two header rows: the question above its first row, the rows below."""
    own = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
           "Last Name", "Custom Data 1"]  # fmt: skip
    texts = texts_of(asked)
    head = [*own, "How much do you agree?", *[""] * (len(texts) - 1), "What should we change?"]
    below = [*[""] * len(own), *texts, "Open-Ended Response"]
    rows = [
        [str(at), "4", "11/16/2026 09:12:33 AM", "11/16/2026 09:15:33 AM", "203.0.113.1", "", "Ana", "Ruiz", "",
         *worded(row, asked.scale.anchors), "More tea"]
        for at, row in enumerate(points)
    ]  # fmt: skip
    return b"\xef\xbb\xbf" + table([head, below, *rows]).encode()


_QUALTRICS = [
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
    "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference",
    "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage",
]  # fmt: skip


def qualtrics(asked: Instrument, points: Points) -> bytes:
    """Three header rows, the third with import ids; a preview and an unfinished row among the answers."""
    texts = texts_of(asked)
    names = [*_QUALTRICS, *(f"Q1_{at}" for at in range(1, len(texts) + 1))]
    labels = [*_QUALTRICS, *(f"Please say how far you agree:\n - {text}" for text in texts)]
    ids = [json.dumps({"ImportId": name}) for name in names]

    def row(answers: Sequence[str], status: str = "0", finished: str = "1") -> list[str]:
        return ["2026-11-16 09:12:33", "x", status, "198.51.100.1", "100", "120", finished, "x", "R_1", "", "", "", "",
                "47.1", "7.2", "anonymous", "EN", *answers]  # fmt: skip

    kept = [row(numbers(one)) for one in points]
    other = [row(["1"] * len(texts), status="1"), row(["1", *[""] * (len(texts) - 1)], finished="0")]
    return b"\xef\xbb\xbf" + table([names, labels, ids, other[0], *kept, other[1]]).encode()


def qualtrics_labels(asked: Instrument, points: Points) -> bytes:
    """The same with choice texts: the status, what is finished, and the answers in words."""
    text = qualtrics(asked, points).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    for row in rows[3:]:
        row[2] = {"0": "IP Address", "1": "Survey Preview"}[row[2]]
        row[6] = {"0": "False", "1": "True"}[row[6]]
        row[17:] = ["" if not one else f"{one} - {asked.scale.anchors[int(one) - 1]}" for one in row[17:]]
    return table(rows).encode()


def qualtrics_legacy(asked: Instrument, points: Points) -> bytes:
    """Two header rows, V1 to V10 first, a comma at the end of every row."""
    texts = texts_of(asked)
    own = ["ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status",
           "StartDate", "EndDate", "Finished"]  # fmt: skip
    head = [*(f"V{at}" for at in range(1, 11)), *(f"Q1_{at}" for at in range(1, len(texts) + 1)), ""]
    below = [*own, *(f"How far do you agree?-{text}" for text in texts), ""]
    rows = [
        ["R_1", "Default", "", "", "", "192.0.2.1", "0", "x", "x", "1", *numbers(row), ""] for row in points
    ]  # fmt: skip
    return b"\xef\xbb\xbf" + table([head, below, *rows]).encode()


_LIMESURVEY = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr", "refurl"]


def _limesurvey_own(at: int, submitted: str = "2026-11-16 09:14:33") -> list[str]:
    return [str(at), submitted, "1", "en", "18040", "2026-11-16 09:12:33", "2026-11-16 09:14:33", "192.0.2.1", ""]


def limesurvey_codes(asked: Instrument, points: Points) -> bytes:
    """Codes everywhere: sub-questions SQ001 and on, answers A1 and on; the last row was not submitted."""
    head = [*_LIMESURVEY, *(f"TR[SQ{at:03d}]" for at in range(1, len(asked.items) + 1))]
    rows = [
        [*_limesurvey_own(at), *("" if point is None else f"A{point}" for point in row)]
        for at, row in enumerate(points)
    ]
    rows.append([*_limesurvey_own(99, ""), "A1", *[""] * (len(asked.items) - 1)])
    return b"\xef\xbb\xbf" + (table([head, *rows], ";", "\r\n", quoted=True) + "\r\n").encode()


def limesurvey_texts(asked: Instrument, points: Points) -> bytes:
    """Full question texts and full answers."""
    own = ["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "Date last action",
           "IP address", "Referrer URL"]  # fmt: skip
    head = [*own, *(f"How far do you agree? [{text}]" for text in texts_of(asked))]
    rows = [[*_limesurvey_own(at), *worded(row, asked.scale.anchors)] for at, row in enumerate(points)]
    return table([head, *rows], ",", "\n", quoted=True).encode()


def typeform(asked: Instrument, points: Points) -> bytes:
    """A token first, times at the end; one answer that was only begun."""
    tail = [
        "Response Type",
        "Start Date (UTC)",
        "Stage Date (UTC)",
        "Submit Date (UTC)",
        "Network ID",
        "Tags",
        "Ending",
    ]
    rows = [
        [f"token{at}", *numbers(row), "completed", "2026-11-16 09:05:14", "", "2026-11-16 09:09:14", "f00d", "", "End"]
        for at, row in enumerate(points)
    ]
    begun = ["token99", "1", *[""] * (len(asked.items) - 1), "partial", "2026-11-16 09:05:14", "x", "", "f00d", "", ""]
    return table([["#", *texts_of(asked), *tail], *rows, begun]).encode()


def formbricks(asked: Instrument, points: Points) -> bytes:
    """Numbered questions with the row behind a dash, a column of option ids each; one that is not finished."""
    own = ["No.", "Response ID", "Timestamp", "Finished", "Survey ID", "Formbricks ID (internal)", "User ID", "Notes",
           "Tags"]  # fmt: skip
    head = [*own, *(f"1. How far do you agree? - {text}" for text in texts_of(asked))]
    rows = [
        [str(at), "r", "16.11.2026", "Yes", "s", "f", "", "", "", *worded(row, asked.scale.anchors)]
        for at, row in enumerate(points)
    ]
    rows.append(["99", "r", "16.11.2026", "No", "s", "f", "", "", "", *[""] * len(asked.items)])
    return table([head, *rows]).encode()


def surveyjs(asked: Instrument, points: Points) -> bytes:
    """A list of results, the matrix nested under its question, rows by item id."""
    results = [
        {
            "agree": {item.id: point for item, point in zip(asked.items, row, strict=True) if point is not None},
            "why": "x",
        }
        for row in points
    ]
    return json.dumps(results).encode()


def template_in_spanish(asked: Instrument, points: Points) -> bytes:
    """Item ids as headers, answers in Spanish."""
    rows = [worded(row, SPANISH) for row in points]
    return table([[item.id for item in asked.items], *rows]).encode()


def google_forms_in_portuguese(asked: Instrument, points: Points) -> bytes:
    """A Brazilian form."""
    head = ["Carimbo de data/hora", *texts_of(asked)]
    rows = [[f"16/11/2026 09:{10 + at}:33", *worded(row, PORTUGUESE)] for at, row in enumerate(points)]
    return table([head, *rows]).encode()


def opendocument(asked: Instrument, points: Points) -> bytes:
    """The template typed into a LibreOffice sheet."""
    rows = [[item.id for item in asked.items], *(numbers(row) for row in points)]
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Answers">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest})


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as an XLSX file with texts inline."""
    lines = "".join(
        f'<row r="{number}">'
        + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="Form1" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
        }
    )


def zipped(files: dict[str, str]) -> bytes:
    """Return files as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


Tool = Callable[[Instrument, Points], bytes]
TOOLS: dict[str, tuple[Tool, str, str, dict[str, int]]] = {
    "google forms": (google_forms, ".csv", "google-forms", {}),
    "google forms grid, german": (google_forms_grid_in_german, ".csv", "google-forms", {}),
    "google forms, portuguese": (google_forms_in_portuguese, ".csv", "google-forms", {}),
    "microsoft forms": (microsoft_forms, ".xlsx", "microsoft-forms", {}),
    "microsoft forms, german excel": (microsoft_forms_csv_from_german_excel, ".csv", "microsoft-forms", {}),
    "microsoft forms, french utf-16": (microsoft_forms_in_french, ".txt", "microsoft-forms", {}),
    "surveymonkey": (surveymonkey, ".csv", "surveymonkey", {}),
    "qualtrics": (qualtrics, ".csv", "qualtrics", {"preview": 1, "unfinished": 1}),
    "qualtrics labels": (qualtrics_labels, ".csv", "qualtrics", {"preview": 1, "unfinished": 1}),
    "qualtrics legacy": (qualtrics_legacy, ".csv", "qualtrics-legacy", {}),
    "limesurvey codes": (limesurvey_codes, ".csv", "limesurvey", {"unfinished": 1}),
    "limesurvey texts": (limesurvey_texts, ".csv", "limesurvey", {}),
    "typeform": (typeform, ".csv", "typeform", {"unfinished": 1}),
    "formbricks": (formbricks, ".csv", "formbricks", {"unfinished": 1}),
    "surveyjs": (surveyjs, ".json", "surveyjs", {}),
    "template, spanish": (template_in_spanish, ".csv", "template", {}),
    "opendocument": (opendocument, ".ods", "template", {}),
}
