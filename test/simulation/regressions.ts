/**
 * Seeds that once failed, and what was wrong. They are played with every test run; a change of the schedules makes them new
 * schedules, so each mistake has its test in test/unit too.
 */
export const regressions: Readonly<Record<number, string>> = {
  16: 'statuses that the index showed late were never read: the poll now reads the last hour again',
  38: 'calls made side by side passed a suspension that was still being read',
  319: 'a first poll during a closure of 72 hours forgot what had changed before its reach of a day',
  400: 'attempts that had sent nothing counted towards "a person must look"',
};
