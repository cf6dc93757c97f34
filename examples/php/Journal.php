<?php

declare(strict_types=1);

/** Every event once, and those of one subject in their order. The file has one event a line, as they came. */
final class Journal
{
    private array $ids = [];
    private array $subjects = [];

    public function __construct(private readonly string $path)
    {
        $lines = is_file($path) ? file($path, FILE_IGNORE_NEW_LINES) : [];
        foreach ($lines as $line) {
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

    public function save(array $events): void
    {
        $flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR;
        $lines = array_map(fn ($event) => json_encode($event, $flags) . "\n", $events);
        if (file_put_contents($this->path, $lines, FILE_APPEND | LOCK_EX) === false) {
            throw new RuntimeException("cannot write {$this->path}");
        }
    }

    /** A reminder to renew a credential has none: 0. */
    public static function sequenceOf(array $event): int
    {
        return $event['data']['sequence'] ?? 0;
    }
}
