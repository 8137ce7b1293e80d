// Tells ThreadSanitizer what passes from one thread to another inside Swift's own libraries, which were
// compiled without it: whatever the two threads do before and after would be reported as a race. The linker puts
// these functions in the place of the libraries' (--wrap).

#include <sanitizer/tsan_interface.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define SWIFT_ASYNC __attribute__((swiftasynccall))
#define SELF __attribute__((swift_context))

// A Mutex that nobody waits for is taken and given back by atomics, which are inlined where it is used and
// which the sanitizer sees. Where a thread has to wait, the kernel hands over the lock.

/// Synchronization._MutexHandle._lockSlow(Swift.UInt32) -> ()
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
/// Synchronization._MutexHandle._unlockSlow() -> ()
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock(uint32_t thread, SELF void *handle) __asm__("__real_" LOCK);
SWIFT void seen_lock(uint32_t thread, SELF void *handle) __asm__("__wrap_" LOCK);
SWIFT void unlock(SELF void *handle) __asm__("__real_" UNLOCK);
SWIFT void seen_unlock(SELF void *handle) __asm__("__wrap_" UNLOCK);

SWIFT void seen_lock(uint32_t thread, SELF void *handle) {
  lock(thread, handle);
  __tsan_acquire(handle);
}

SWIFT void seen_unlock(SELF void *handle) {
  __tsan_release(handle);
  unlock(handle);
}

// Swift's runtime says itself that a continuation is resumed (_swift_tsan_release), and that a task that was
// suspended goes on. It does not say so of one that went on without, because the continuation was resumed before
// it was waited for, or while the wait began. Whichever it was, the task goes on in the function that the
// continuation names, the second word of its context: another one stands there in its place.

#define AWAIT "swift_continuation_await"
#define CONTEXT __attribute__((swift_async_context))

typedef SWIFT_ASYNC void resumption(CONTEXT void *continuation);

SWIFT void *swift_task_getCurrent(void);
SWIFT_ASYNC void await(void *continuation) __asm__("__real_" AWAIT);
SWIFT_ASYNC void seen_await(void *continuation) __asm__("__wrap_" AWAIT);

// Where the tasks that wait really go on. The lock is none that the sanitizer sees: it would take it for a
// hand-over between all of them.
typedef struct waiting {
  void *continuation;
  resumption *resume;
  struct waiting *next;
} waiting;
static waiting *all;
static atomic_flag is_locked = ATOMIC_FLAG_INIT;

static void keep(waiting *one) {
  while (atomic_flag_test_and_set_explicit(&is_locked, memory_order_acquire)) {}
  one->next = all;
  all = one;
  atomic_flag_clear_explicit(&is_locked, memory_order_release);
}

static waiting *taken(void *continuation) {
  while (atomic_flag_test_and_set_explicit(&is_locked, memory_order_acquire)) {}
  waiting **place = &all;
  while ((*place)->continuation != continuation) place = &(*place)->next;
  waiting *one = *place;
  *place = one->next;
  atomic_flag_clear_explicit(&is_locked, memory_order_release);
  return one;
}

static SWIFT_ASYNC void seen_resume(CONTEXT void *continuation) {
  waiting *one = taken(continuation);
  resumption *resume = one->resume;
  free(one);
  __tsan_acquire(swift_task_getCurrent());
  __attribute__((musttail)) return resume(continuation);
}

SWIFT_ASYNC void seen_await(void *continuation) {
  resumption **place = (resumption **)continuation + 1;
  waiting *one = malloc(sizeof *one);
  if (one == NULL) abort();
  *one = (waiting){continuation, *place, NULL};
  keep(one);
  *place = seen_resume;
  __attribute__((musttail)) return await(continuation);
}
