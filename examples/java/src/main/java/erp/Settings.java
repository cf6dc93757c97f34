package erp;

/** Where the relay is: environment variables. The AWS SDK reads its own. */
final class Settings {
    private Settings() {}

    static String get(String name) {
        var value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("set " + name);
        }
        return value;
    }
}
