/*
 * The names by which a server may be asked: a request whose Host says another
 * comes from a page of elsewhere that has this machine's address for its own
 * name (DNS rebinding), and so does one whose Origin is not the server's.
 */
#ifndef CLASSROOM_HOSTS_H
#define CLASSROOM_HOSTS_H

#include "base/buf.h"

#include <sys/socket.h>

struct hosts {
	char **names; /* "localhost:8080", "[::1]:8080" */
	size_t n;
};

#define HOSTS_INIT ((struct hosts){ NULL, 0 })

/* Those of a server that listens at ADDRESS, its port among it, of this machine
 * ("0.0.0.0": at all that it has), with NAME (NULL: none) beside these; DEFAULT
 * is the port that goes without saying.  0 or ERR_NOMEM; to be freed in any
 * case. */
int hosts_find(struct hosts *h, const struct sockaddr *address,
    const char *name, unsigned port_unsaid);
void hosts_free(struct hosts *h);
/* HOST may be asked for. */
bool hosts_has(const struct hosts *h, const char *host);
/* The first by which other machines reach it; NULL: none but this does. */
const char *hosts_outside(const struct hosts *h);
/* The first by which this machine itself does. */
const char *hosts_here(const struct hosts *h);

/* A without its port, to TO, and of IPv6 without its last 64 bits, which its
 * machine may choose. */
void hosts_put_network(const struct sockaddr *a, char to[64]);
/* PEER, which has come to the address OWN, is this machine: at 127.0.0.1 or
 * ::1, or at the same address. */
bool hosts_is_here(const struct sockaddr *peer, const struct sockaddr *own);

#endif
