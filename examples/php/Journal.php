<?php

declare(strict_types=1);

/** Every event once, and those of one subject in their order. The file has one event a line, as they came. */
final class Journal
{
    private array $ids = [];
    private array $subjects = [];

    public function __construct(private readonly string $path)
    {
        // Fails here, before anything is sent, if it cannot be written.
        $this->append('');
        foreach (file($path, FILE_IGNORE_NEW_LINES) as $line) {
            $this->place(json_decode($line, true, flags: JSON_THROW_ON_ERROR));
        }
    }

    /** Whether the event is new. */
    public function place(array $event): bool
    {
        if (isset($this->ids[$event['id']])) {
            return false;
        }
        $this->ids[$event['id']] = true;
        $history = &$this->subjects[$event['subject']];
        $history[] = $event;
        usort($history, fn ($a, $b) => self::sequenceOf($a) <=> self::sequenceOf($b));
        return true;
    }

    /** The events of a subject, in their order. */
    public function history(string $subject): array
    {
        return $this->subjects[$subject];
    }

    public function isNewest(array $event): bool
    {
        return end($this->subjects[$event['subject']])['id'] === $event['id'];
    }

    public function has(array $event): bool
    {
        return isset($this->ids[$event['id']]);
    }

    public function save(array $event): void
    {
        $flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR;
        $this->append(json_encode($event, $flags) . "\n");
    }

    /** It could not be processed: when it comes again, it is new. */
    public function forget(array $event): void
    {
        unset($this->ids[$event['id']]);
        $history = &$this->subjects[$event['subject']];
        $history = array_values(array_filter($history, fn ($other) => $other['id'] !== $event['id']));
    }

    private function append(string $text): void
    {
        if (file_put_contents($this->path, $text, FILE_APPEND | LOCK_EX) === false) {
            throw new RuntimeException("cannot write {$this->path}");
        }
    }

    /** A reminder to renew a credential has none: 0. */
    public static function sequenceOf(array $event): int
    {
        return $event['data']['sequence'] ?? 0;
    }
}
