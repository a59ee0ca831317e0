"""Reads messages from a stream, each after its length in four bytes, and writes what it finds as a line of JSON each."""
import email
import email.policy
import hashlib
import json
import struct
import sys
from email.header import decode_header, make_header
from email.utils import getaddresses


def decoded(value):
    return str(make_header(decode_header(value.replace("\r\n", "").replace("\n", ""))))


def mailboxes(message, name):
    values = [value.replace("\r\n", "").replace("\n", "") for value in message.get_all(name, [])]
    return [{"name": decoded(phrase), "address": address} for phrase, address in getaddresses(values)]


def lines(text):
    return text.replace("\r\n", "\n").removesuffix("\n")


def read(source):
    message = email.message_from_bytes(source, policy=email.policy.compat32)
    found = {
        "subject": decoded(message["Subject"]),
        "from": mailboxes(message, "From"),
        "to": mailboxes(message, "To"),
        "cc": mailboxes(message, "Cc"),
        "text": None,
        "html": None,
        "files": [],
        "tree": [],
    }
    for part in message.walk():
        found["tree"].append(part.get_content_type())
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if part.get_content_disposition():
            found["files"].append({
                # get_filename() would strip the spaces at its ends.
                "name": email.utils.collapse_rfc2231_value(part.get_param("filename", header="content-disposition")),
                "type": part.get_content_type(),
                "id": (part["Content-ID"] or "").strip("<>"),
                "shows": part.get_content_disposition() == "inline",
                "hash": hashlib.sha256(content).hexdigest(),
            })
        else:
            body = lines(content.decode("utf-8"))
            found["html" if part.get_content_type() == "text/html" else "text"] = body
    return found


def main():
    source = sys.stdin.buffer
    head = source.read(4)
    while head:
        json.dump(read(source.read(struct.unpack(">I", head)[0])), sys.stdout, ensure_ascii=True)
        print(flush=True)
        head = source.read(4)


main()
