/* Faults of disk and clock for a server that knows nothing of them: cc -shared -fPIC, then LD_PRELOAD.
 *
 * FAULTS_CONTROL is a file of eight numbers that tests map and write: what fails now.
 * FAULTS_DATA    is the folder whose files are concerned; all others, sockets and the log, are left alone.
 * FAULTS_DURABLE is a folder that gets what a disk would still hold after a power cut: the content of a file when it was
 *                last synced (i<inode>), and the names in a folder when that was last synced (n<folder>). May be empty. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct control {
    int64_t full;       /* no space is left */
    int64_t read_only;  /* the disk was remounted for reading only */
    int64_t writes;     /* how many of a thousand writes fail */
    int64_t syncs;      /* how many of a thousand syncs fail */
    int64_t slow;       /* microseconds a sync takes */
    int64_t countdown;  /* SIGKILL before this operation from now; 0: never */
    int64_t operations; /* so many there were */
    int64_t clock;      /* seconds the wall clock is wrong by */
};

static struct control none, *control = &none;
static const char *data = "", *durable = "";
static unsigned seed = 1;

static ssize_t (*write_)(int, const void *, size_t);
static ssize_t (*pwrite_)(int, const void *, size_t, off64_t);
static int (*fsync_)(int), (*fdatasync_)(int), (*ftruncate_)(int, off64_t);
static int (*unlink_)(const char *), (*rename_)(const char *, const char *), (*open_)(const char *, int, ...);
static int (*clock_gettime_)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
    write_ = dlsym(RTLD_NEXT, "write");
    pwrite_ = dlsym(RTLD_NEXT, "pwrite64");
    fsync_ = dlsym(RTLD_NEXT, "fsync");
    fdatasync_ = dlsym(RTLD_NEXT, "fdatasync");
    ftruncate_ = dlsym(RTLD_NEXT, "ftruncate64");
    unlink_ = dlsym(RTLD_NEXT, "unlink");
    rename_ = dlsym(RTLD_NEXT, "rename");
    open_ = dlsym(RTLD_NEXT, "open64");
    clock_gettime_ = dlsym(RTLD_NEXT, "clock_gettime");
    if (getenv("FAULTS_DATA")) data = getenv("FAULTS_DATA");
    if (getenv("FAULTS_DURABLE")) durable = getenv("FAULTS_DURABLE");
    const char *file = getenv("FAULTS_CONTROL");
    int fd = file ? open_(file, O_RDWR) : -1;
    if (fd < 0) return;
    void *mapped = mmap(NULL, sizeof none, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (mapped != MAP_FAILED) control = mapped;
    close(fd);
}

static int is_ours(const char *path) {
    size_t length = strlen(data);
    return length && !strncmp(path, data, length) && !strstr(path, "-shm") && !strstr(path, "/pages/");
}

/* The path of an open file of the data folder; 0 if it is none. */
static int ours(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

static void step(void) {
    __sync_add_and_fetch(&control->operations, 1);
    if (control->countdown > 0 && __sync_sub_and_fetch(&control->countdown, 1) == 0) kill(getpid(), SIGKILL);
}

static int chance(int64_t in_thousand) { return in_thousand && rand_r(&seed) % 1000 < in_thousand; }

/* Before a write: 0, or what it fails with. */
static int failing(void) {
    step();
    if (control->read_only) return EROFS;
    if (control->full) return ENOSPC;
    return chance(control->writes) ? EIO : 0;
}

static FILE *kept(const char *name, char *coming, size_t size) {
    snprintf(coming, size, "%s/.%s", durable, name);
    return fopen(coming, "w");
}

static void keep(FILE *file, const char *coming, const char *name) {
    char place[4200];
    fclose(file);
    snprintf(place, sizeof place, "%s/%s", durable, name);
    rename_(coming, place);
}

static void keep_file(int fd) {
    struct stat64 found;
    char name[64], coming[4200], block[65536];
    if (!*durable || fstat64(fd, &found) || !S_ISREG(found.st_mode)) return;
    snprintf(name, sizeof name, "i%llu", (unsigned long long)found.st_ino);
    snprintf(block, sizeof block, "/proc/self/fd/%d", fd);
    int reading = open_(block, O_RDONLY); /* it may have been opened for writing only */
    FILE *file = reading < 0 ? NULL : kept(name, coming, sizeof coming);
    for (ssize_t got; file && (got = read(reading, block, sizeof block)) > 0;) fwrite(block, 1, got, file);
    if (file) keep(file, coming, name);
    close(reading);
}

static void keep_names(const char *path) {
    char name[4200] = "n", coming[4300];
    DIR *folder = *durable ? opendir(path) : NULL;
    if (!folder) return;
    strncat(name, path + strlen(data), sizeof name - 2);
    for (char *letter = name; *letter; letter++)
        if (*letter == '/') *letter = '%';
    FILE *file = kept(name, coming, sizeof coming);
    for (struct dirent64 *entry; file && (entry = readdir64(folder));)
        if (entry->d_type == DT_REG) fprintf(file, "%llu %s\n", (unsigned long long)entry->d_ino, entry->d_name);
    if (file) keep(file, coming, name);
    closedir(folder);
}

static int synced(int fd, int (*sync)(int)) {
    char path[4096];
    if (!ours(fd, path, sizeof path)) return sync(fd);
    step();
    if (control->slow) usleep(control->slow);
    if (chance(control->syncs)) return errno = EIO, -1;
    int answer = sync(fd);
    struct stat64 found;
    if (!answer && !fstat64(fd, &found)) S_ISDIR(found.st_mode) ? keep_names(path) : keep_file(fd);
    return answer;
}

int fsync(int fd) { return synced(fd, fsync_); }
int fdatasync(int fd) { return synced(fd, fdatasync_); }

ssize_t write(int fd, const void *bytes, size_t size) {
    char path[4096];
    if (fd > 2 && ours(fd, path, sizeof path) && (errno = failing())) return -1;
    return write_(fd, bytes, size);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    char path[4096];
    if (ours(fd, path, sizeof path) && (errno = failing())) return -1;
    return pwrite_(fd, bytes, size, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) { return pwrite64(fd, bytes, size, at); }

int ftruncate64(int fd, off64_t size) {
    char path[4096];
    if (ours(fd, path, sizeof path) && (errno = failing())) return -1;
    return ftruncate_(fd, size);
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int unlink(const char *path) {
    if (is_ours(path)) {
        step();
        if (control->read_only) return errno = EROFS, -1;
    }
    return unlink_(path);
}

int rename(const char *from, const char *to) {
    if (is_ours(from)) {
        step();
        if (control->read_only) return errno = EROFS, -1;
    }
    return rename_(from, to);
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (control->read_only && flags & (O_WRONLY | O_RDWR | O_CREAT) && is_ours(path)) return errno = EROFS, -1;
    return open_(path, flags, mode);
}
int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open64(path, flags, mode);
}

int clock_gettime(clockid_t which, struct timespec *time) {
    int answer = clock_gettime_(which, time);
    if (!answer && which == CLOCK_REALTIME) time->tv_sec += control->clock;
    return answer;
}

time_t time(time_t *kept) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return kept ? *kept = now.tv_sec : now.tv_sec;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec precise;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}
