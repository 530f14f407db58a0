/* Loaded before libc into a process and all it starts: counts each change that any of them makes
 * to files below one folder, Git's and SQLite's too, and at a chosen one kills the process group,
 * cuts a write in half and then kills, or fails with an error. It can also log the changes in
 * their order, with all bytes, for a simulation of power loss.
 *
 * The orders stand in a small shared file that support/disk.py writes; see struct orders there.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum action { NOTHING, KILL, TEAR, FAIL, LOG };
enum kind { WRITE = 1, CREATE, CUT, SYNC, RENAME, LINK, UNLINK, MKDIR, RMDIR, MARK };

struct orders {
    int64_t action, at, error, sticky; /* sticky: all later ones fail too, as on a full disk */
    int64_t count, lock, hit;          /* hit: the kind of change that was chosen */
    char root[PATH_MAX], log[PATH_MAX];
};

static struct orders *orders;

static void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}
#define REAL(name, type) \
    ({ static __typeof__(type) found; if (!found) found = (__typeof__(type))real(name); found; })

__attribute__((visibility("default"))) int disk_obey(const char *file) {
    int fd = REAL("open", int (*)(const char *, int, ...))(file, O_RDWR | O_CLOEXEC);
    if (fd < 0) return -1;
    void *mapped = mmap(NULL, sizeof *orders, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (mapped == MAP_FAILED) return -1;
    orders = mapped;
    return 0;
}

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("DISK_ORDERS");
    if (file) disk_obey(file);
}

/* ------------------------------------------------------------------ where a change is made */

/* What lies in a folder named "elsewhere" stands for another machine, which lives on. */
static int is_below(const char *path) {
    size_t length = strlen(orders->root);
    if (strncmp(path, orders->root, length) || (path[length] && path[length] != '/')) return 0;
    return !strstr(path + length, "/elsewhere/");
}

static int of_descriptor(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return path[0] == '/';
}

static int of_name(int folder, const char *name, char *path) {
    if (name[0] == '/') {
        strncpy(path, name, PATH_MAX - 1);
        path[PATH_MAX - 1] = 0;
        return 1;
    }
    if (folder == AT_FDCWD ? !getcwd(path, PATH_MAX) : !of_descriptor(folder, path)) return 0;
    size_t length = strlen(path);
    snprintf(path + length, PATH_MAX - length, "/%s", name);
    return 1;
}

/* ------------------------------------------------------------------ count, and obey */

static int takes_space(enum kind kind) { return kind != UNLINK && kind != RMDIR; }

/* Returns 1 if the call must fail, with errno set; 2 if it must be torn. */
static int point(enum kind kind) {
    if (orders->action == NOTHING || orders->action == LOG) {
        __atomic_add_fetch(&orders->count, 1, __ATOMIC_SEQ_CST);
        return 0;
    }
    if (orders->action == FAIL && orders->error == ENOSPC && !takes_space(kind)) return 0;
    if (orders->action == TEAR && kind != WRITE) return 0;
    int64_t number = __atomic_add_fetch(&orders->count, 1, __ATOMIC_SEQ_CST);
    if (number != orders->at && !(orders->sticky && orders->at && number > orders->at)) return 0;
    orders->hit = kind;
    if (orders->action == FAIL) {
        errno = (int)orders->error;
        return 1;
    }
    if (orders->action == TEAR) return 2;
    kill(0, SIGKILL); /* the group: the verb and the programs that it started */
    for (;;) pause();
}

static void lock(void) {
    if (orders->action != LOG) return;
    while (__atomic_exchange_n(&orders->lock, 1, __ATOMIC_ACQUIRE)) sched_yield();
}

static void unlock(void) {
    if (orders->action == LOG) __atomic_store_n(&orders->lock, 0, __ATOMIC_RELEASE);
}

static void note(enum kind kind, const char *path, const char *other, int64_t offset,
                 const void *data, int64_t size) {
    if (orders->action != LOG) return;
    int kept = errno;
    int fd = REAL("open", int (*)(const char *, int, ...))(
        orders->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    int64_t head[5] = {kind, (int64_t)strlen(path), other ? (int64_t)strlen(other) : 0, offset, size};
    struct iovec parts[4] = {{head, sizeof head},
                             {(void *)path, (size_t)head[1]},
                             {(void *)(other ? other : ""), (size_t)head[2]},
                             {(void *)(data ? data : ""), data ? (size_t)size : 0}};
    if (fd < 0 || REAL("writev", ssize_t (*)(int, const struct iovec *, int))(fd, parts, 4) < 0)
        abort();
    close(fd);
    errno = kept;
}

__attribute__((visibility("default"))) void disk_mark(int64_t number) {
    lock();
    note(MARK, "", NULL, number, NULL, 0);
    unlock();
}

/* ------------------------------------------------------------------ bytes of files */

static ssize_t written(int fd, const void *data, size_t size, off_t offset, int at_offset) {
    char path[PATH_MAX];
    ssize_t (*plain)(int, const void *, size_t) =
        REAL("write", ssize_t (*)(int, const void *, size_t));
    ssize_t (*placed)(int, const void *, size_t, off_t) =
        REAL("pwrite64", ssize_t (*)(int, const void *, size_t, off_t));
    if (!orders || !size || !of_descriptor(fd, path) || !is_below(path))
        return at_offset ? placed(fd, data, size, offset) : plain(fd, data, size);
    int told = point(WRITE);
    if (told == 1) return -1;
    if (told == 2) {
        if (at_offset) placed(fd, data, size / 2, offset);
        else plain(fd, data, size / 2);
        kill(0, SIGKILL);
        for (;;) pause();
    }
    lock();
    if (!at_offset && orders->action == LOG)
        offset = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t done = at_offset ? placed(fd, data, size, offset) : plain(fd, data, size);
    if (done > 0) note(WRITE, path, NULL, offset, data, done);
    unlock();
    return done;
}

ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return written(fd, data, size, at, 1);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    return written(fd, data, size, at, 1);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    if (!orders || !of_descriptor(fd, path) || !is_below(path))
        return REAL("writev", ssize_t (*)(int, const struct iovec *, int))(fd, parts, count);
    for (int i = 0; i < count; i++) /* a short write is allowed: callers go on with the rest */
        if (parts[i].iov_len) return written(fd, parts[i].iov_base, parts[i].iov_len, 0, 0);
    return 0;
}

/* Where these are refused, callers read and write instead. */
static int is_ours(int fd) {
    char path[PATH_MAX];
    return orders && of_descriptor(fd, path) && is_below(path);
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t size) {
    if (!is_ours(to))
        return REAL("sendfile64", ssize_t (*)(int, int, off64_t *, size_t))(to, from, offset, size);
    errno = EINVAL;
    return -1;
}
ssize_t sendfile(int to, int from, off_t *offset, size_t size) {
    return sendfile64(to, from, (off64_t *)offset, size);
}
ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t size, unsigned flags) {
    ssize_t (*call)(int, off64_t *, int, off64_t *, size_t, unsigned) =
        REAL("copy_file_range", ssize_t (*)(int, off64_t *, int, off64_t *, size_t, unsigned));
    if (!is_ours(to)) return call(from, in, to, out, size, flags);
    errno = EXDEV;
    return -1;
}

static int cut(int fd, off_t size) {
    char path[PATH_MAX];
    int (*call)(int, off_t) = REAL("ftruncate64", int (*)(int, off_t));
    if (!orders || !of_descriptor(fd, path) || !is_below(path)) return call(fd, size);
    if (point(CUT)) return -1;
    lock();
    int done = call(fd, size);
    if (!done) note(CUT, path, NULL, size, NULL, 0);
    unlock();
    return done;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

static int grown(int fd, off_t offset, off_t size) { /* plain truncation logs a growth as well */
    char path[PATH_MAX];
    struct stat now;
    if (!orders || !of_descriptor(fd, path) || !is_below(path))
        return REAL("posix_fallocate64", int (*)(int, off_t, off_t))(fd, offset, size);
    if (fstat(fd, &now)) return errno;
    if (now.st_size >= offset + size) return 0;
    return cut(fd, offset + size) ? errno : 0;
}
int posix_fallocate(int fd, off_t offset, off_t size) { return grown(fd, offset, size); }
int posix_fallocate64(int fd, off64_t offset, off64_t size) { return grown(fd, offset, size); }

static int synced(int fd, int (*call)(int)) {
    char path[PATH_MAX];
    if (!orders || !of_descriptor(fd, path) || !is_below(path)) return call(fd);
    if (point(SYNC)) return -1;
    lock();
    int done = call(fd);
    if (!done) note(SYNC, path, NULL, 0, NULL, 0);
    unlock();
    return done;
}
int fsync(int fd) { return synced(fd, REAL("fsync", int (*)(int))); }
int fdatasync(int fd) { return synced(fd, REAL("fdatasync", int (*)(int))); }

/* ------------------------------------------------------------------ names */

static int opened(int folder, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    int (*call)(int, const char *, int, ...) =
        REAL("openat64", int (*)(int, const char *, int, ...));
    if (!orders || !(flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE ||
        !of_name(folder, name, path) || !is_below(path))
        return call(folder, name, flags, mode);
    int is_new = faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
    if (!is_new && !(flags & O_TRUNC)) return call(folder, name, flags, mode);
    if (!is_new && (flags & O_EXCL)) return call(folder, name, flags, mode); /* says EEXIST */
    if (is_new && !(flags & O_CREAT)) return call(folder, name, flags, mode);
    if (point(is_new ? CREATE : CUT)) return -1;
    lock();
    int fd = call(folder, name, flags, mode);
    if (fd >= 0) note(is_new ? CREATE : CUT, path, NULL, 0, NULL, 0);
    unlock();
    return fd;
}
#define MODE(flags, last) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, last); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }
int open(const char *name, int flags, ...) {
    MODE(flags, flags);
    return opened(AT_FDCWD, name, flags, mode);
}
int open64(const char *name, int flags, ...) {
    MODE(flags, flags);
    return opened(AT_FDCWD, name, flags, mode);
}
int openat(int folder, const char *name, int flags, ...) {
    MODE(flags, flags);
    return opened(folder, name, flags, mode);
}
int openat64(int folder, const char *name, int flags, ...) {
    MODE(flags, flags);
    return opened(folder, name, flags, mode);
}
int creat(const char *name, mode_t mode) {
    return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
int creat64(const char *name, mode_t mode) { return creat(name, mode); }

static int moved(enum kind kind, int from, const char *old, int to, const char *new, int (*call)(void *),
                 void *arguments) {
    char path[PATH_MAX], other[PATH_MAX];
    if (!orders || !of_name(from, old, path) || !of_name(to, new, other) || !is_below(other))
        return call(arguments);
    if (point(kind)) return -1;
    lock();
    int done = call(arguments);
    if (!done) note(kind, path, other, 0, NULL, 0);
    unlock();
    return done;
}
struct naming { int from, to; const char *old, *new; unsigned flags; };
static int rename_on(void *a) {
    struct naming *n = a;
    return REAL("renameat2", int (*)(int, const char *, int, const char *, unsigned))(
        n->from, n->old, n->to, n->new, n->flags);
}
static int link_on(void *a) {
    struct naming *n = a;
    return REAL("linkat", int (*)(int, const char *, int, const char *, int))(
        n->from, n->old, n->to, n->new, (int)n->flags);
}
static int renamed(int from, const char *old, int to, const char *new, unsigned flags) {
    struct naming n = {from, to, old, new, flags};
    return moved(RENAME, from, old, to, new, rename_on, &n);
}
int rename(const char *old, const char *new) { return renamed(AT_FDCWD, old, AT_FDCWD, new, 0); }
int renameat(int from, const char *old, int to, const char *new) {
    return renamed(from, old, to, new, 0);
}
int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    return renamed(from, old, to, new, flags);
}
int linkat(int from, const char *old, int to, const char *new, int flags) {
    struct naming n = {from, to, old, new, (unsigned)flags};
    return moved(LINK, from, old, to, new, link_on, &n);
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

static int removed(enum kind kind, int folder, const char *name, int flags) {
    char path[PATH_MAX];
    int (*call)(int, const char *, int) = REAL("unlinkat", int (*)(int, const char *, int));
    if (!orders || !of_name(folder, name, path) || !is_below(path)) return call(folder, name, flags);
    if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW)) return call(folder, name, flags);
    if (point(kind)) return -1;
    lock();
    int done = call(folder, name, flags);
    if (!done) note(kind, path, NULL, 0, NULL, 0);
    unlock();
    return done;
}
int unlink(const char *name) { return removed(UNLINK, AT_FDCWD, name, 0); }
int rmdir(const char *name) { return removed(RMDIR, AT_FDCWD, name, AT_REMOVEDIR); }
int unlinkat(int folder, const char *name, int flags) {
    return removed(flags & AT_REMOVEDIR ? RMDIR : UNLINK, folder, name, flags);
}
int remove(const char *name) {
    int done = unlink(name);
    return done && errno == EISDIR ? rmdir(name) : done;
}

int mkdirat(int folder, const char *name, mode_t mode) {
    char path[PATH_MAX];
    int (*call)(int, const char *, mode_t) = REAL("mkdirat", int (*)(int, const char *, mode_t));
    if (!orders || !of_name(folder, name, path) || !is_below(path)) return call(folder, name, mode);
    if (!faccessat(AT_FDCWD, path, F_OK, 0)) return call(folder, name, mode); /* says EEXIST */
    if (point(MKDIR)) return -1;
    lock();
    int done = call(folder, name, mode);
    if (!done) note(MKDIR, path, NULL, 0, NULL, 0);
    unlock();
    return done;
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }
