/*
 * Loaded before libc (LD_PRELOAD) into a server: writes down, in order, everything that changes the files below one folder, with the data,
 * and what is sent to sockets, so that a test can tell what a power loss at any moment could have left on the disk and what had been answered by then.
 *
 * One lock is held from before a call until its record is written: the order of the log is the order of the calls. An answer is written down before it
 * leaves, a change after it was made, a sync after it ended: whoever reads the log up to any record never thinks more durable than was.
 *
 * LOSSBOARD_RECORD_ROOT: the folder, absolute. LOSSBOARD_RECORD_LOG: the file to append to, outside of it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FDS 65536
/* Heads and bodies of answers that matter are short; a page or a file need not be kept. */
#define MOST_SENT 4096

enum { NONE, FILE_BELOW, FOLDER_BELOW };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static unsigned char kinds[MOST_FDS];
static uint64_t inodes[MOST_FDS];
static const char *root;
static size_t root_length;
static int log_fd = -1;

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_pwritev)(int, const struct iovec *, int, off64_t);
static int (*real_ftruncate)(int, off64_t);
static int (*real_fallocate)(int, int, off64_t, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *);
static int (*real_link)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_mkdir)(const char *, mode_t);
static int (*real_rmdir)(const char *);
static ssize_t (*real_send)(int, const void *, size_t, int);
static ssize_t (*real_sendmsg)(int, const struct msghdr *, int);
static ssize_t (*real_sendfile)(int, int, off64_t *, size_t);

static void start(void) {
    real_open = dlsym(RTLD_NEXT, "open64");
    real_close = dlsym(RTLD_NEXT, "close");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_pwritev = dlsym(RTLD_NEXT, "pwritev64");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fallocate = dlsym(RTLD_NEXT, "fallocate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_link = dlsym(RTLD_NEXT, "link");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_mkdir = dlsym(RTLD_NEXT, "mkdir");
    real_rmdir = dlsym(RTLD_NEXT, "rmdir");
    real_send = dlsym(RTLD_NEXT, "send");
    real_sendmsg = dlsym(RTLD_NEXT, "sendmsg");
    real_sendfile = dlsym(RTLD_NEXT, "sendfile64");
    root = getenv("LOSSBOARD_RECORD_ROOT");
    const char *log = getenv("LOSSBOARD_RECORD_LOG");
    if (root && log) {
        root_length = strlen(root);
        log_fd = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
}

/* The lock is taken for what is recorded only: a write to a pipe may wait for another thread, and a child between fork and exec must not wait for one. */
static void enter(void) { pthread_mutex_lock(&lock); }

static void leave(void) { pthread_mutex_unlock(&lock); }

static int below(const char *path) {
    pthread_once(&once, start);
    return log_fd >= 0 && path && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

static int kind(int fd) {
    pthread_once(&once, start);
    return fd >= 0 && fd < MOST_FDS ? kinds[fd] : NONE;
}

struct head {
    char op;
    char pad[3];
    uint32_t path_length;
    uint64_t inode, offset, data_length;
};

/* A record that could not be written whole would silently shorten what the test knows: rather no server at all. */
static void put(const void *bytes, size_t length) {
    for (const char *at = bytes; length > 0;) {
        ssize_t written = real_write(log_fd, at, length);
        if (written <= 0)
            abort();
        at += written;
        length -= (size_t)written;
    }
}

static void record(char op, const char *path, uint64_t inode, uint64_t offset, const void *data, size_t data_length) {
    struct head head = { .op = op, .path_length = path ? (uint32_t)strlen(path) : 0, .inode = inode, .offset = offset, .data_length = data_length };
    put(&head, sizeof head);
    if (path)
        put(path, head.path_length);
    if (data_length)
        put(data, data_length);
}

int open64(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    if (!below(path))
        return real_open(path, flags, mode);
    enter();
    int existed = access(path, F_OK) == 0;
    int fd = real_open(path, flags, mode);
    struct stat status;
    if (fd >= MOST_FDS)
        abort();
    if (fd >= 0 && fstat(fd, &status) == 0) {
        kinds[fd] = S_ISDIR(status.st_mode) ? FOLDER_BELOW : FILE_BELOW;
        inodes[fd] = status.st_ino;
        if (!existed)
            record('C', path, status.st_ino, 0, NULL, 0);
        else if (flags & O_TRUNC)
            record('T', NULL, status.st_ino, 0, NULL, 0);
    }
    leave();
    return fd;
}

int open(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    return open64(path, flags, mode);
}

int close(int fd) {
    if (kind(fd) == NONE)
        return real_close(fd);
    enter();
    kinds[fd] = NONE;
    int result = real_close(fd);
    leave();
    return result;
}

static void record_sent(int fd, const void *data, size_t length) {
    if (log_fd >= 0 && length > 0)
        record('N', NULL, (uint64_t)fd, 0, data, length < MOST_SENT ? length : MOST_SENT);
}

ssize_t write(int fd, const void *data, size_t length) {
    if (kind(fd) != FILE_BELOW)
        return real_write(fd, data, length);
    enter();
    off64_t at = lseek64(fd, 0, SEEK_CUR);
    ssize_t written = real_write(fd, data, length);
    if (written > 0)
        record('W', NULL, inodes[fd], (uint64_t)at, data, (size_t)written);
    leave();
    return written;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    if (kind(fd) != FILE_BELOW)
        return real_pwrite(fd, data, length, offset);
    enter();
    ssize_t written = real_pwrite(fd, data, length, offset);
    if (written > 0)
        record('W', NULL, inodes[fd], (uint64_t)offset, data, (size_t)written);
    leave();
    return written;
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
    if (kind(fd) != FILE_BELOW)
        return real_pwritev(fd, parts, count, offset);
    enter();
    ssize_t written = real_pwritev(fd, parts, count, offset);
    ssize_t left = written;
    for (int i = 0; i < count && left > 0; i++) {
        size_t length = (size_t)left < parts[i].iov_len ? (size_t)left : parts[i].iov_len;
        record('W', NULL, inodes[fd], (uint64_t)offset, parts[i].iov_base, length);
        offset += (off64_t)length;
        left -= (ssize_t)length;
    }
    leave();
    return written;
}

int ftruncate64(int fd, off64_t length) {
    if (kind(fd) != FILE_BELOW)
        return real_ftruncate(fd, length);
    enter();
    int result = real_ftruncate(fd, length);
    if (result == 0)
        record('T', NULL, inodes[fd], (uint64_t)length, NULL, 0);
    leave();
    return result;
}

/* What grows a file without writing is as a truncation to the greater length. */
int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
    if (kind(fd) != FILE_BELOW)
        return real_fallocate(fd, mode, offset, length);
    enter();
    int result = real_fallocate(fd, mode, offset, length);
    struct stat status;
    if (result == 0 && fstat(fd, &status) == 0)
        record('T', NULL, inodes[fd], (uint64_t)status.st_size, NULL, 0);
    leave();
    return result;
}

static int sync_by(int (*real)(int), int fd) {
    enter();
    int result = real(fd);
    if (result == 0)
        record(kind(fd) == FOLDER_BELOW ? 'D' : 'S', NULL, inodes[fd], 0, NULL, 0);
    leave();
    return result;
}

/* A caller that looks functions up in libc itself passes open by: its folders are known by where the descriptor leads. */
static void recognise_folder(int fd) {
    struct stat status;
    char link[64], path[4096];
    if (kind(fd) != NONE || log_fd < 0 || fd < 0 || fd >= MOST_FDS || fstat(fd, &status) != 0 || !S_ISDIR(status.st_mode))
        return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    if (below(path)) {
        kinds[fd] = FOLDER_BELOW;
        inodes[fd] = status.st_ino;
    }
}

int fsync(int fd) {
    recognise_folder(fd);
    return kind(fd) == NONE ? real_fsync(fd) : sync_by(real_fsync, fd);
}

int fdatasync(int fd) { return kind(fd) == NONE ? real_fdatasync(fd) : sync_by(real_fdatasync, fd); }

static int between(int (*real)(const char *, const char *), char op, const char *from, const char *to) {
    if (!below(from) && !below(to))
        return real(from, to);
    enter();
    int result = real(from, to);
    /* In or out of the folder would be a change that the log cannot tell. */
    if (result == 0 && below(from) != below(to))
        record('E', from, 0, 0, NULL, 0);
    else if (result == 0)
        record(op, from, 0, 0, to, strlen(to));
    leave();
    return result;
}

int rename(const char *from, const char *to) {
    pthread_once(&once, start);
    return between(real_rename, 'R', from, to);
}

int link(const char *from, const char *to) {
    pthread_once(&once, start);
    return between(real_link, 'L', from, to);
}

int unlink(const char *path) {
    if (!below(path))
        return real_unlink(path);
    enter();
    int result = real_unlink(path);
    if (result == 0)
        record('U', path, 0, 0, NULL, 0);
    leave();
    return result;
}

int mkdir(const char *path, mode_t mode) {
    if (!below(path))
        return real_mkdir(path, mode);
    enter();
    int result = real_mkdir(path, mode);
    struct stat status;
    if (result == 0 && stat(path, &status) == 0)
        record('M', path, status.st_ino, 0, NULL, 0);
    leave();
    return result;
}

int rmdir(const char *path) {
    if (!below(path))
        return real_rmdir(path);
    enter();
    int result = real_rmdir(path);
    if (result == 0)
        record('U', path, 0, 0, NULL, 0);
    leave();
    return result;
}

ssize_t send(int fd, const void *data, size_t length, int flags) {
    pthread_once(&once, start);
    enter();
    record_sent(fd, data, length);
    leave();
    return real_send(fd, data, length, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    pthread_once(&once, start);
    enter();
    for (size_t i = 0; i < message->msg_iovlen; i++)
        record_sent(fd, message->msg_iov[i].iov_base, message->msg_iov[i].iov_len);
    leave();
    return real_sendmsg(fd, message, flags);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) {
    if (kind(to) == FILE_BELOW) {
        enter();
        record('E', "sendfile", 0, 0, NULL, 0);
        leave();
    }
    return real_sendfile(to, from, offset, length);
}
