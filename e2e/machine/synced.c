/*
 * Writes down what is on the disk. Preloaded into a process, it adds a line to the file named by CARILLON_SYNCED whenever a file was
 * synced: how long it was when that began, and its path. What came later is what a power cut may take.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef int (*sync_fn)(int);

static void note(int fd, off_t length) {
  char link[64], path[4096], line[4200];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t end = readlink(link, path, sizeof path - 1);
  const char *name = getenv("CARILLON_SYNCED");
  int notes = name && end > 0 ? open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
  if (notes < 0) return;
  path[end] = 0;
  int size = snprintf(line, sizeof line, "%lld %s\n", (long long)length, path);
  if (write(notes, line, (size_t)size) != size) abort();
  close(notes);
}

static int act(sync_fn real, int fd) {
  struct stat before;
  int is_known = fstat(fd, &before) == 0;
  int result = real(fd);
  if (result == 0 && is_known && S_ISREG(before.st_mode)) note(fd, before.st_size);
  return result;
}

int fsync(int fd) { return act((sync_fn)dlsym(RTLD_NEXT, "fsync"), fd); }
int fdatasync(int fd) { return act((sync_fn)dlsym(RTLD_NEXT, "fdatasync"), fd); }
