// How every program that is made for a sanitizer runs, also one that a test starts with an environment of
// its own: what is found goes to files, whose place the Makefile gives as REPORTS, and not to where a test reads.

#include <stdlib.h>

/// A race is reported and the program goes on; its exit code stays what it would be.
const char *__tsan_default_options(void) { return "exitcode=0:log_path=" REPORTS; }

/// What Swift's runtime keeps until the end is no leak.
const char *__asan_default_options(void) { return "detect_leaks=0:log_path=" REPORTS; }

/// - Making an array of no capacity writes its count, 0, to the one empty array of all threads.
/// - SwiftNIO reads into a buffer again when nobody else holds it, which the count of references says: that is
///   counted in Swift's runtime, which was compiled without the sanitizer.
const char *__tsan_default_suppressions(void) {
  return "race:_swiftEmptyArrayStorage\n"
         "race:NIOCore10ByteBufferV8_StorageC\n";
}

/// Foundation copies an entry of a folder by the size of its type, and not by the shorter one that it has, when
/// it starts a program.
const char *__asan_default_suppressions(void) {
  return "interceptor_via_fun:*findMaximumOpenFromProcSelfFD*\n";
}

/// The library behind the networks loads a part of itself in a way that sanitizers do not bear, unless told.
__attribute__((constructor)) static void loadPlainly(void) { setenv("TBB_ENABLE_SANITIZERS", "1", 1); }
