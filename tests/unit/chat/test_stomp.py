"""STOMP's codec: what the specifications say, section by section."""

import contextlib

import pytest
from hypothesis import given, strategies as st

from chalicelib.chat.stomp.decoder import Decoder
from chalicelib.chat.stomp.frames import (
    COMMANDS,
    VERSIONS,
    WITH_BODY,
    Fault,
    Frame,
    Limits,
    Version,
    begins_frame,
    encode,
)


def decode(stream: bytes | str, version: Version | None = "1.2", limits: Limits | None = None) -> list[Frame]:
    decoder = Decoder(version, limits=limits or Limits())
    decoder.feed(stream)
    return list(decoder.frames())


def one(stream: bytes | str, version: Version | None = "1.2") -> Frame:
    (frame,) = decode(stream, version)
    return frame


def fault(stream: bytes | str, version: Version | None = "1.2", limits: Limits | None = None) -> Fault:
    with pytest.raises(Fault) as caught:
        decode(stream, version, limits)
    return caught.value


characters = st.characters(codec="utf-8", exclude_characters="\0")
printable = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n:"), min_size=1).filter(
    lambda text: text == text.strip(" ")
)
HEADERS: dict[Version, st.SearchStrategy[dict[str, str]]] = {
    # Without escapes nothing can be written that ends a line or a name, and padding is taken off.
    "1.0": st.dictionaries(printable, printable, max_size=8),
    # No escape for a carriage return: it stands as it is, but ends a line together with a line feed.
    "1.1": st.dictionaries(st.text(characters, min_size=1), st.text(characters), max_size=8),
    "1.2": st.dictionaries(st.text(characters, min_size=1), st.text(characters), max_size=8),
}


@st.composite
def frames(draw: st.DrawFn, version: Version) -> Frame:
    command = draw(st.sampled_from(sorted(COMMANDS - {"CONNECT", "CONNECTED", "STOMP"})))
    headers = draw(HEADERS[version])
    headers.pop("content-length", None)
    body = draw(st.binary(max_size=60)) if command in WITH_BODY else b""
    return Frame(command, headers, body)


def content(frame: Frame) -> Frame:
    return frame._replace(headers={name: value for name, value in frame.headers.items() if name != "content-length"})


@pytest.mark.parametrize("version", VERSIONS)
@given(data=st.data())
def test_what_is_encoded_is_decoded(version: Version, data: st.DataObject) -> None:
    sent = data.draw(st.lists(frames(version), max_size=4))
    between = data.draw(st.sampled_from([b"", b"\n", b"\n\n", b"\r\n\n"]))
    stream = between.join(encode(frame, version) for frame in sent)
    assert [content(frame) for frame in decode(stream, version)] == sent


@pytest.mark.parametrize("version", VERSIONS)
@given(data=st.data())
def test_the_quick_path_gives_what_the_careful_one_gives(version: Version, data: st.DataObject) -> None:
    stream = b"".join(encode(frame, version) for frame in data.draw(st.lists(frames(version), max_size=3)))
    at = data.draw(st.integers(0, len(stream)))
    stream = stream[:at] + data.draw(st.binary(max_size=3)) + stream[at:]

    def outcome(quick: bool) -> tuple[list[Frame], str]:
        decoder, seen, end = Decoder(version), [], ""
        decoder.feed(stream)
        try:
            if quick:
                for frame in decoder.frames():
                    seen.append(frame)  # noqa: PERF402 (a fault may end it)
            else:
                while (taken := decoder._next()) is not None:
                    seen.append(taken)
        except Fault as caught:
            end = str(caught)
        return seen, end

    assert outcome(quick=True) == outcome(quick=False)


@given(st.binary(max_size=200))
def test_anything_else_is_a_fault_or_waits(stream: bytes) -> None:
    decoder = Decoder("1.2")
    decoder.feed(b"SEND\n" + stream)
    with contextlib.suppress(Fault):
        list(decoder.frames())


STREAM = (
    "\n\r\nSEND\ndestination:/app/chat\nnote:Grüße\\c 👋\ncontent-length:8\n\na\0b\n👋\0\n"
    "SUBSCRIBE\r\nid:0\r\ndestination:/topic/x\r\n\r\n\0\r\nDISCONNECT\nreceipt:77\n\0\n"
).encode()


def test_a_stream_may_be_split_at_every_byte() -> None:
    whole = decode(STREAM)
    assert [frame.command for frame in whole] == ["SEND", "SUBSCRIBE", "DISCONNECT"]
    assert whole[0].body == "a\0b\n👋".encode()
    for at in range(len(STREAM) + 1):
        assert resumed([STREAM[:at], STREAM[at:]]) == whole
    assert resumed([STREAM[at : at + 1] for at in range(len(STREAM))]) == whole


def resumed(chunks: list[bytes]) -> list[Frame]:
    """Each chunk by a decoder of its own, which knows nothing but the partial frame of the one before."""
    taken: list[Frame] = []
    partial = b""
    for chunk in chunks:
        decoder = Decoder("1.2", partial)
        decoder.feed(chunk)
        taken += decoder.frames()
        partial = decoder.partial
    assert partial == b""
    return taken


def test_text_is_utf8_and_half_characters_are_what_a_browser_makes_of_them() -> None:
    assert one("SEND\nname:ü\n\nö\0") == Frame("SEND", {"name": "ü"}, "ö".encode())
    assert one("SEND\ncontent-length:3\n\n\ud83d\0").body == "\ufffd".encode()


def test_heart_beats_are_no_frames() -> None:
    decoder = Decoder("1.2")
    decoder.feed("\n")
    decoder.feed("\r\n\n")
    assert list(decoder.frames()) == []
    assert decoder.partial == b""


def test_the_version_may_change_between_two_frames_of_a_message() -> None:
    decoder = Decoder()
    decoder.feed("CONNECT\naccept-version:1.2\nlogin:a\\tb\n\n\0SEND\nnote:a\\cb\n\n\0")
    frames = decoder.frames()
    assert next(frames).headers["login"] == "a\\tb"
    decoder.version = "1.2"
    assert next(frames).headers["note"] == "a:b"


# 1.2, Value Encoding


@pytest.mark.parametrize(
    ("version", "written", "meant"),
    [
        ("1.0", r"a\nb\c\\", r"a\nb\c\\"),
        ("1.1", r"a\nb\cc\\d", "a\nb:c\\d"),
        ("1.2", r"a\nb\cc\\d\re", "a\nb:c\\d\re"),
        ("1.2", r"\\n\\\n\\\\c", "\\n\\\n\\\\c"),
    ],
)
def test_escapes_by_version(version: Version, written: str, meant: str) -> None:
    frame = one(f"SEND\nx:{written}\n\n\0", version)
    assert frame.headers["x"] == meant
    assert encode(frame, version) == f"SEND\nx:{written}\n\n\0".encode()


@pytest.mark.parametrize(("version", "escape"), [("1.1", r"\r"), ("1.1", r"\t"), ("1.2", r"\t"), ("1.2", "\\")])
def test_an_undefined_escape_is_a_fault(version: Version, escape: str) -> None:
    for header in (f"x:a{escape}", f"a{escape}:x"):
        found = fault(f"SEND\n{header}\nreceipt:r1\n\n\0", version)
        assert (found.section, found.receipt) == ("Value Encoding", "r1")


@pytest.mark.parametrize("command", ["CONNECT", "STOMP", "CONNECTED"])
def test_connect_and_connected_are_not_escaped(command: str) -> None:
    stream = f"{command}\nx:a\\tb:c\n\n\0"
    for version in (None, *VERSIONS):
        assert one(stream, version).headers["x"] == "a\\tb:c"
        assert encode(one(stream, version), version) == stream.encode()


def test_what_cannot_be_written_is_refused_not_let_through() -> None:
    for frame, version in (
        (Frame("CONNECTED", {"session": "a\nb:c"}), "1.2"),
        (Frame("ERROR", {"message": "two\nlines"}), "1.0"),
        (Frame("ERROR", {"message": "two\nlines"}), None),
        (Frame("SEND", {"a:b": "c"}), "1.0"),
        (Frame("SEND", {"a": "b\0"}), "1.2"),
    ):
        with pytest.raises(ValueError, match="can't be written"):
            encode(frame, version)  # type: ignore[arg-type]


def test_headers_are_trimmed_in_1_0_alone() -> None:
    for version, value in (("1.0", "client"), ("1.1", " client "), ("1.2", " client ")):
        assert one("SUBSCRIBE\nack: client \n\n\0", version).headers["ack"] == value  # type: ignore[arg-type]


def test_headers_that_are_not_utf8_are_a_fault() -> None:
    assert fault(b"SEND\nx:\xff\n\n\0").section == "Value Encoding"


# 1.2, STOMP Frames


def test_lines_may_end_with_carriage_return_and_line_feed() -> None:
    assert one("SEND\r\na:b\r\n\r\nbody\r\n\0") == Frame("SEND", {"a": "b"}, b"body\r\n")
    assert one("SEND\na:b\r\n\nbody\0") == Frame("SEND", {"a": "b"}, b"body")
    assert one("CONNECT\r\naccept-version:1.2\r\n\r\n\0", None).headers == {"accept-version": "1.2"}


def test_in_1_1_a_carriage_return_belongs_to_the_header() -> None:
    assert one("SEND\na:b\r\n\n\0", "1.1").headers == {"a": "b\r"}
    assert one("SEND\r\na:b\r\n\r\n\0", "1.1").headers == {"a": "b"}


@pytest.mark.parametrize(
    "stream", ["GET / HTTP/1.1\r\n", "send\n\n\0", "SENDING\n", "AVERYLONGCOMMAND", "\rSEND\n\n\0", " SEND\n\n\0"]
)
def test_an_unknown_command_is_a_fault_before_its_frame_ends(stream: str) -> None:
    found = fault(stream)
    assert found.section == "Augmented BNF"
    assert found.early


def test_a_header_has_a_name_and_a_colon() -> None:
    assert "colon" in str(fault("SEND\ndestination\n\n\0"))
    assert "name" in str(fault("SEND\n:a\n\n\0"))
    assert one("SEND\na:\n\n\0").headers == {"a": ""}
    assert one("SEND\na:b:c\n\n\0").headers == {"a": "b:c"}, "nobody escapes the colons of a URL"


def test_the_first_of_a_repeated_header_counts() -> None:
    assert one("MESSAGE\nfoo:World\nfoo:Hello\n\n\0").headers == {"foo": "World"}


def test_headers_end_before_the_nul() -> None:
    assert fault("SEND\ndestination:/a\0").section == "STOMP Frames"
    assert fault("DISCONNECT\0").section == "STOMP Frames"
    assert one("DISCONNECT\nreceipt:77\n\0") == Frame("DISCONNECT", {"receipt": "77"})


# 1.2, Header content-length


def test_content_length_counts_octets_and_lets_nuls_through() -> None:
    assert one("SEND\ncontent-length:5\n\na\0ü\0\0").body == b"a\0\xc3\xbc\0"
    assert one("SEND\n\nab\0").body == b"ab"
    assert encode(Frame("SEND", {"content-length": "99"}, b"a\0"), "1.2") == b"SEND\ncontent-length:2\n\na\0\0"


@pytest.mark.parametrize("length", ["", "-1", "1.5", "x", "²", "5", "2", "99999999999"])
def test_a_wrong_content_length_is_a_fault(length: str) -> None:
    found = fault(f"SEND\nreceipt:r1\ncontent-length:{length}\n\nabc\0SEND")
    assert found.section in ("Header content-length", "Size Limits")
    assert found.receipt == "r1"


def test_every_message_tells_its_length() -> None:
    assert encode(Frame("MESSAGE", {}), "1.2") == b"MESSAGE\ncontent-length:0\n\n\0"
    assert encode(Frame("RECEIPT", {"receipt-id": "1"}), "1.2") == b"RECEIPT\nreceipt-id:1\n\n\0"
    assert encode(Frame("DISCONNECT", {}), "1.2") == b"DISCONNECT\n\n\0"


# 1.2, Size Limits

SMALL = Limits(headers=3, header=40, body=50, frame=120)


@pytest.mark.parametrize(
    "stream",
    [
        "SEND\na:1\nb:2\nc:3\nd:4\n\n\0",
        "SEND\na:" + "x" * 40 + "\n\n\0",
        "SEND\na:" + "x" * 41,
        "SEND\n\n" + "x" * 51 + "\0",
        "SEND\n\n" + "x" * 51,
        "SEND\ncontent-length:51\n\n",
        "SEND\n" + ("a:" + "x" * 35 + "\n") * 2 + "\n" + "x" * 50 + "\0",
        "SEND\n" + "a:1\n" * 40,
    ],
)
def test_every_size_is_limited(stream: str) -> None:
    assert fault(stream, limits=SMALL).section == "Size Limits"


def test_up_to_the_limits_all_is_well() -> None:
    stream = "SEND\na:" + "x" * 38 + "\nb:2\nc:3\n\n" + "x" * 50 + "\0"
    assert len(decode(stream, limits=SMALL)) == 1


def test_what_follows_a_fault_can_be_fed_again() -> None:
    decoder = Decoder("1.2")
    decoder.feed("SEND\n\na\0of the frame\n\0SEND\n\nb\0")
    frames = decoder.frames()
    next(frames)
    assert decoder.again == b"SEND\n\na\0of the frame\n\0SEND\n\nb\0"
    with pytest.raises(Fault):
        next(frames)
    assert decoder.again == b"of the frame\n\0SEND\n\nb\0"


def test_a_message_that_begins_a_frame_is_known() -> None:
    assert begins_frame("\nSEND\nx:y")
    assert not begins_frame("SENDING\n")
    assert not begins_frame("the rest of a body\0SEND\n")


def test_a_fault_in_an_escape_is_not_laid_on_the_frame_before() -> None:
    decoder = Decoder("1.2")
    decoder.feed("SEND\n\na\0SEND\nx:\\t\n\n\0")
    frames = decoder.frames()
    next(frames)
    with pytest.raises(Fault):
        next(frames)
    assert decoder.again == b"SEND\nx:\\t\n\n\0"
