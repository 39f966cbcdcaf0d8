/* The names by which a server may be asked; see classroom/hosts.h. */
#include "classroom/hosts.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

static unsigned
hosts_port_of(const struct sockaddr *a)
{
	return ntohs(
	    a->sa_family == AF_INET6
		? ((const struct sockaddr_in6 *)(const void *)a)->sin6_port
		: ((const struct sockaddr_in *)(const void *)a)->sin_port);
}

/* A without its port, to TO. */
static void
hosts_put_address(const struct sockaddr *a, char to[64])
{
	const void *bytes =
	    a->sa_family == AF_INET6
		? (const void *)&((const struct sockaddr_in6 *)(const void *)a)
		      ->sin6_addr
		: (const void *)&((const struct sockaddr_in *)(const void *)a)
		      ->sin_addr;

	if (inet_ntop(a->sa_family, bytes, to, 64) == NULL)
		to[0] = '\0';
}

static bool
hosts_is_loopback(const struct sockaddr *a)
{
	char text[64];

	hosts_put_address(a, text);
	return strncmp(text, "127.", 4) == 0 || strcmp(text, "::1") == 0 ||
	       strncmp(text, "::ffff:127.", 11) == 0;
}

void
hosts_put_network(const struct sockaddr *a, char to[64])
{
	struct sockaddr_in6 six;

	hosts_put_address(a, to);
	if (a->sa_family != AF_INET6 || strncmp(to, "::ffff:", 7) == 0)
		return;
	memcpy(&six, a, sizeof(six));
	memset(&six.sin6_addr.s6_addr[8], 0, 8);
	hosts_put_address((const struct sockaddr *)(const void *)&six, to);
}

bool
hosts_is_here(const struct sockaddr *peer, const struct sockaddr *own)
{
	char from[64], at[64];

	hosts_put_address(peer, from);
	hosts_put_address(own, at);
	return strcmp(from, "127.0.0.1") == 0 || strcmp(from, "::1") == 0 ||
	       strcmp(from, "::ffff:127.0.0.1") == 0 || strcmp(from, at) == 0;
}

static bool
is_any(const struct sockaddr *a)
{
	char text[64];

	hosts_put_address(a, text);
	return strcmp(text, "0.0.0.0") == 0 || strcmp(text, "::") == 0;
}

/* NAME with the port, and without it where that need not be said. */
static int
hosts_add(struct hosts *h, const char *name, unsigned port, unsigned unsaid)
{
	bool six = strchr(name, ':') != NULL;
	int err = 0;

	for (int said = 1; err == 0 && said >= (port == unsaid ? 0 : 1);
	     said--) {
		LOCAL_BUF b = BUF_INIT;

		buf_printf(&b, six ? "[%s]" : "%s", name);
		if (said)
			buf_printf(&b, ":%u", port);
		err =
		    b.err != 0 ? ERR_NOMEM : ARRAY_RESIZE(&h->names, h->n + 1);
		if (err == 0)
			h->names[h->n++] = buf_take(&b);
	}
	return err;
}

/* Those of all that the machine has, the loopback last. */
static int
add_interfaces(struct hosts *h, unsigned port, unsigned unsaid)
{
	struct ifaddrs *list = NULL;
	int err = 0;

	if (getifaddrs(&list) != 0)
		return 0;
	for (const struct ifaddrs *i = list; err == 0 && i != NULL;
	     i = i->ifa_next) {
		char text[64];

		if (i->ifa_addr == NULL || (i->ifa_flags & IFF_UP) == 0 ||
		    (i->ifa_addr->sa_family != AF_INET &&
			i->ifa_addr->sa_family != AF_INET6) ||
		    hosts_is_loopback(i->ifa_addr))
			continue;
		hosts_put_address(i->ifa_addr, text);
		err = hosts_add(h, text, port, unsaid);
	}
	freeifaddrs(list);
	return err;
}

int
hosts_find(struct hosts *h, const struct sockaddr *address, const char *name,
    unsigned unsaid)
{
	static const char *const own[] = { "127.0.0.1", "localhost", "::1" };
	unsigned port = hosts_port_of(address);
	char text[64];
	int err = 0;

	*h = HOSTS_INIT;
	hosts_put_address(address, text);
	if (name != NULL)
		err = hosts_add(h, name, port, unsaid);
	if (err == 0 && is_any(address))
		err = add_interfaces(h, port, unsaid);
	else if (err == 0)
		err = hosts_add(h, text, port, unsaid);
	for (size_t i = 0; err == 0 && i < COUNT_OF(own); i++)
		if (is_any(address) || hosts_is_loopback(address))
			err = hosts_add(h, own[i], port, unsaid);
	return err;
}

void
hosts_free(struct hosts *h)
{
	for (size_t i = 0; i < h->n; i++)
		mem_free(h->names[i]);
	mem_free(h->names);
	*h = HOSTS_INIT;
}

bool
hosts_has(const struct hosts *h, const char *host)
{
	for (size_t i = 0; host != NULL && i < h->n; i++)
		if (strcasecmp(h->names[i], host) == 0)
			return true;
	return false;
}

const char *
hosts_outside(const struct hosts *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (strncmp(h->names[i], "127.", 4) != 0 &&
		    strncmp(h->names[i], "localhost", 9) != 0 &&
		    strncmp(h->names[i], "[", 1) != 0)
			return h->names[i];
	return NULL;
}

const char *
hosts_here(const struct hosts *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (strncmp(h->names[i], "127.", 4) == 0)
			return h->names[i];
	return h->names[0];
}
