// The yardstick of `bench jitter`: a periodic thread as C writes it, with nothing to do but to wake.
// reference PERIOD_NS PHASE_NS CYCLES CPU PRIORITY FILE: says "ready", reads the time of the first cycle (CLOCK_MONOTONIC, ns) from standard
// input, runs, and writes two 64-bit numbers for each cycle: deadline and lateness, ns. Deadlines that have passed are skipped.
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum { NS_PER_S = 1000000000 };

typedef struct {
    int64_t deadline, lateness;
} wake;

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * (int64_t)NS_PER_S + t.tv_nsec;
}

static void become_realtime(int cpu, int priority) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    if (sched_setaffinity(0, sizeof one, &one) != 0) fprintf(stderr, "processor %d was refused: %s\n", cpu, strerror(errno));
    const struct sched_param fifo = {.sched_priority = priority};
    if (sched_setscheduler(0, SCHED_FIFO, &fifo) != 0) fprintf(stderr, "SCHED_FIFO %d was refused: %s\n", priority, strerror(errno));
    if (mlockall(MCL_CURRENT | MCL_FUTURE) != 0) fprintf(stderr, "locking memory was refused: %s\n", strerror(errno));
}

int main(int argc, char** argv) {
    if (argc != 7) {
        fprintf(stderr, "Usage: reference PERIOD_NS PHASE_NS CYCLES CPU PRIORITY FILE\n");
        return 2;
    }

    const int64_t period = atoll(argv[1]), phase = atoll(argv[2]), cycles = atoll(argv[3]);
    wake* wakes = malloc(cycles * sizeof *wakes);
    if (wakes == NULL) return 1;
    memset(wakes, 0, cycles * sizeof *wakes);
    puts("ready");
    fflush(stdout);
    int64_t start;
    if (scanf("%" SCNd64, &start) != 1) return 2;
    become_realtime(atoi(argv[4]), atoi(argv[5]));

    int64_t count = 0;
    const int64_t end = start + phase + cycles * period;
    for (int64_t deadline = start + phase; deadline < end;) {
        const struct timespec until = {deadline / NS_PER_S, deadline % NS_PER_S};
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
        }
        const int64_t woken = now();
        wakes[count++] = (wake){deadline, woken - deadline};
        deadline += period;
        if (woken >= deadline) deadline += ((woken - deadline) / period + 1) * period;
    }

    FILE* file = fopen(argv[6], "wb");
    if (file == NULL || fwrite(wakes, sizeof *wakes, count, file) != (size_t)count || fclose(file) != 0) {
        fprintf(stderr, "%s: cannot be written: %s\n", argv[6], strerror(errno));
        return 1;
    }

    return 0;
}
