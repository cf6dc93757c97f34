"""Reads the inbox until it is empty, and answers what the recipients ask: python read.py ANSWERS JOURNAL"""

import json
import os
import sys
from collections import defaultdict
from pathlib import Path

import boto3

ACTION_NEEDED = "chorus-relay.invoice.action-needed.v1"

sqs = boto3.client("sqs")


class Journal:
    """Every event once, and those of one subject in their order. The file has one event a line, as they came."""

    def __init__(self, path):
        self.path = path
        self.ids = set()
        self.subjects = defaultdict(list)
        if path.exists():
            # Only at line feeds: a text may hold other signs that end a line for Python.
            *lines, unfinished = path.read_text(encoding="utf-8").split("\n")
            for line in lines:
                self.place(json.loads(line))
            if unfinished:
                # The disk was full, or the program was stopped: its event is still in the inbox.
                os.truncate(path, path.stat().st_size - len(unfinished.encode("utf-8")))
        # Fails here, before anything is sent, if it cannot be written.
        path.open("a").close()

    def place(self, event):
        """Whether the event is new."""
        if event["id"] in self.ids:
            return False
        self.ids.add(event["id"])
        history = self.subjects[event["subject"]]
        history.append(event)
        history.sort(key=sequence_of)
        return True

    def has(self, event):
        return event["id"] in self.ids

    def newest(self, subject):
        return self.subjects[subject][-1]

    def save(self, event):
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(event, ensure_ascii=False) + "\n")

    def forget(self, event):
        """It could not be processed: when it comes again, it is new."""
        self.ids.remove(event["id"])
        self.subjects[event["subject"]].remove(event)


def sequence_of(event):
    """A reminder to renew a credential has none."""
    return event["data"].get("sequence", 0)


def event_in(message):
    """None if it is not an event: it stays in the queue, until SQS moves it to the dead letters."""
    try:
        event = json.loads(message["Body"])
        if {"id", "subject", "type"} <= event.keys() and isinstance(event.get("data"), dict):
            return event
    except (ValueError, AttributeError):
        pass
    print("not an event: message", message["MessageId"], file=sys.stderr)
    return None


def answer(event, answers):
    """Sends the command that the event names. What it says is in a file; without one, a person has to decide."""
    data = event["data"]
    # Absent if no command helps: what is to be done is in the message, for a person.
    command_type = data.get("status", {}).get("answer")
    template = answers / f"{command_type}.json"
    if command_type is None or not template.exists():
        wanted = f" ({command_type})" if command_type else ""
        print(f"{event['subject']} waits for a person{wanted}: {data['message']['fr']}")
        return
    command = json.loads(template.read_text(encoding="utf-8"))
    command["connection"] = data["connection"]
    command["supplier"] = {"siret": data["supplier"]}
    command["invoice"] = {"number": data["number"], "issueDate": data["issueDate"]}
    sqs.send_message(
        QueueUrl=os.environ["RELAY_INVOICES_QUEUE_URL"],
        MessageBody=json.dumps(command),
        MessageGroupId=data["connection"],
    )
    print(event["subject"], "answered with", command_type)


def process(events, journal, answers):
    """One after the other: what goes wrong with one stops no other. Returns the subjects of those that are saved."""
    fresh = [event for event in events if journal.place(event)]
    for event in fresh:
        try:
            # An older event that comes late asks for nothing any more.
            if event["type"] == ACTION_NEEDED and journal.newest(event["subject"]) is event:
                answer(event, answers)
            # If this program is killed before, the event comes again, and is answered again. A second answer does no
            # harm: the relay refuses it if the first has taken effect.
            journal.save(event)
        except Exception as error:
            journal.forget(event)
            print(event["subject"], "could not be processed:", repr(error), file=sys.stderr)
    return {event["subject"] for event in fresh if journal.has(event)}


def main(answers, journal):
    """Returns whether all could be processed."""
    inbox = os.environ["RELAY_ERP_INBOX_QUEUE_URL"]
    changed = set()
    failed = False
    # With any wait, SQS asks all of its servers.
    while messages := sqs.receive_message(QueueUrl=inbox, MaxNumberOfMessages=10, WaitTimeSeconds=2).get("Messages"):
        read = [(message, event) for message in messages if (event := event_in(message))]
        changed |= process([event for _, event in read], journal, answers)
        # Only now: what is not processed comes again.
        done = [message["ReceiptHandle"] for message, event in read if journal.has(event)]
        failed |= len(done) < len(read)
        if done:
            entries = [{"Id": str(i), "ReceiptHandle": handle} for i, handle in enumerate(done)]
            sqs.delete_message_batch(QueueUrl=inbox, Entries=entries)
    for subject in sorted(changed):
        print(subject)
        for event in journal.subjects[subject]:
            print(f"  {sequence_of(event)} {event['type']}: {event['data']['message']['fr']}")
    return not failed


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(0 if main(Path(sys.argv[1]), Journal(Path(sys.argv[2]))) else 1)
