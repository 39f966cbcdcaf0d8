/* The server: its socket, its loop, its requests; see classroom/server.h. */
#include "classroom/server_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* A connection that takes nothing of its answer is closed after so many
 * seconds. */
#define SILENCE_S 10
/* Of one connection's head. */
#define HEAD_MAX ((size_t)16 << 10)
/* A body's, before a token is known. */
#define STRANGERS_BODY_MAX ((size_t)4 << 10)
#define DESCRIPTORS_MAX    8192
/* So often, at least, it is looked what has waited long enough. */
#define LOOK_MS 100

struct mhd mhd;

int64_t
server_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- requests ---- */

static const char *
header(struct MHD_Connection *connection, const char *name)
{
	return mhd.MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, name);
}

/* How often a request has what it may have once. */
struct heads {
	unsigned hosts, origins, lengths, codings;
	bool blank; /* a name ends in a blank */
};

/* An MHD_KeyValueIterator. */
static enum MHD_Result
server_count_head(
    void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct heads *h = arg;
	size_t n = strlen(name);

	(void)kind;
	(void)value;
	h->hosts += strcasecmp(name, "Host") == 0;
	h->origins += strcasecmp(name, "Origin") == 0;
	h->lengths += strcasecmp(name, "Content-Length") == 0;
	h->codings += strcasecmp(name, "Transfer-Encoding") == 0;
	h->blank |= n > 0 && (name[n - 1] == ' ' || name[n - 1] == '\t');
	return MHD_YES;
}

/* Where a request ends, and whom it asks, is not the same to all (RFC 9112 3.2,
 * 5.1, 6.3). */
static bool
server_is_doubtful(const struct heads *h)
{
	return h->hosts > 1 || h->lengths + h->codings > 1 || h->blank;
}

/* Asked by one of its names, and by no page of elsewhere; who names two (RFC
 * 6454 7.3) is none of its own. */
static bool
server_is_meant(const struct server *s, struct MHD_Connection *connection,
    const struct heads *h)
{
	const char *host = header(connection, "Host");
	const char *origin = header(connection, "Origin");
	const char *scheme = s->tls ? "https://" : "http://";

	return h->origins <= 1 && hosts_has(&s->hosts, host) &&
	       (origin == NULL ||
		   (strncmp(origin, scheme, strlen(scheme)) == 0 &&
		       strcasecmp(origin + strlen(scheme), host) == 0));
}

static enum MHD_Result
server_refuse(struct MHD_Connection *connection, unsigned status)
{
	return server_reply(
	    connection, status, "text/plain", STR_NULL, false, "");
}

/* How long the body of CONNECTION may be, whose token that of *MEMBER is. */
static size_t
take_token(struct server *s, struct MHD_Connection *connection, size_t *member)
{
	struct str token = str_of(server_token_of(connection));
	bool known =
	    token.n > 0 && classroom_knows(s->classroom, token, member);

	if (!known)
		*member = CLASSROOM_MEMBERS_MAX;
	server_know_place(s, server_place_of(connection), *member);
	return known ? CLASSROOM_REQUEST_MAX : STRANGERS_BODY_MAX;
}

static enum MHD_Result
server_take_first(struct server *s, struct MHD_Connection *connection,
    const char *path, const char *method, void **own)
{
	struct place *place = server_place_of(connection);
	const char *length = header(connection, "Content-Length");
	struct exchange *x;
	size_t member, may = take_token(s, connection, &member);
	bool gets = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
	struct heads heads = { 0 };

	mhd.MHD_get_connection_values(
	    connection, MHD_HEADER_KIND, server_count_head, &heads);
	if (server_is_doubtful(&heads))
		return server_refuse(connection, MHD_HTTP_BAD_REQUEST);
	if (!server_is_meant(s, connection, &heads))
		return server_refuse(connection, MHD_HTTP_MISDIRECTED_REQUEST);
	if (!gets && strcmp(method, "POST") != 0)
		return server_refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED);
	if (!gets && strcmp(path, "/ask") != 0)
		return server_refuse(connection, MHD_HTTP_NOT_FOUND);
	/* Before the client is told to send it. */
	if (length != NULL && strtoull(length, NULL, 10) > may)
		return server_refuse(connection, MHD_HTTP_CONTENT_TOO_LARGE);
	x = mem_zalloc(1, sizeof(*x));
	if (x == NULL)
		return MHD_NO;
	x->connection = connection;
	x->place = place;
	place->exchange = x;
	server_begin_phase(place, PLACE_BODY, 0);
	x->member = member;
	x->may = gets ? 0 : may;
	x->gets = gets;
	x->body = x->answer = BUF_INIT;
	x->next = s->exchanges;
	s->exchanges = x;
	*own = x;
	return MHD_YES;
}

static enum MHD_Result
server_take_request(void *arg, struct MHD_Connection *connection,
    const char *path, const char *method, const char *version, const char *data,
    size_t *n, void **own)
{
	struct server *s = arg;
	struct exchange *x = *own;

	(void)version;
	if (x == NULL)
		return server_take_first(s, connection, path, method, own);
	if (*n > 0) {
		if (x->body.n + *n > x->may)
			return MHD_NO;
		buf_add(&x->body, data, *n);
		x->place->bytes = x->body.n;
		*n = 0;
		return x->body.err == 0 ? MHD_YES : MHD_NO;
	}
	return x->gets ? server_give_file(s, x, path) : server_go_on(s, x);
}

static void
forget_request(void *arg, struct MHD_Connection *connection, void **own,
    enum MHD_RequestTerminationCode why)
{
	struct place *place = server_place_of(connection);

	(void)why;
	place->exchange = NULL;
	server_begin_phase(place, PLACE_HEAD, 0);
	if (*own != NULL)
		server_leave(arg, *own);
	*own = NULL;
}

/* The library's complaints about requests have no reader. */
static void
say_nothing(void *arg, const char *fmt, va_list ap)
{
	(void)arg;
	(void)fmt;
	(void)ap;
}

/* ---- listening ---- */

static int
read_address(const struct server_options *o, struct sockaddr_storage *a,
    socklen_t *n, struct diag *d)
{
	struct sockaddr_in *four = (struct sockaddr_in *)(void *)a;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)a;

	memset(a, 0, sizeof(*a));
	*n = sizeof(*four);
	a->ss_family = AF_INET;
	four->sin_port = htons((uint16_t)o->port);
	if (inet_pton(AF_INET, o->address, &four->sin_addr) == 1)
		return 0;
	*n = sizeof(*six);
	a->ss_family = AF_INET6;
	six->sin6_port = htons((uint16_t)o->port);
	if (inet_pton(AF_INET6, o->address, &six->sin6_addr) == 1)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("“%s” is not an address; use 127.0.0.1 for this machine only, "
	      "0.0.0.0 for other machines also"),
	    o->address);
}

static int
listen_at(struct server *s, const struct server_options *o, struct diag *d)
{
	struct sockaddr_storage a;
	struct sockaddr *at = (struct sockaddr *)(void *)&a;
	socklen_t n;
	int on = 1, err = read_address(o, &a, &n, d);

	if (err != 0)
		return err;
	s->listens =
	    socket(a.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s->listens >= 0)
		setsockopt(
		    s->listens, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (s->listens < 0 || bind(s->listens, at, n) != 0 ||
	    listen(s->listens, SOMAXCONN) != 0 ||
	    getsockname(s->listens, at, &n) != 0)
		return diag_set(d, ERR_IO, NULL, 0,
		    errno == EADDRINUSE
			? _("can't listen at %s, port %u: %s; port 0 picks a "
			    "free port")
			: _("can't listen at %s, port %u: %s"),
		    o->address, o->port,
		    errno == EADDRNOTAVAIL
			? _("this machine does not have that address; 0.0.0.0 "
			    "means all its addresses")
			: err_system(errno));
	err = hosts_find(&s->hosts, at, o->name, s->tls ? 443 : 80);
	return diag_fail(d, err);
}

static int
server_start(struct server *s, const struct server_options *o, struct diag *d)
{
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)o->cert },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)o->key },
		/* Not as old as TLS 1.0 and 1.1: RFC 8996. */
		{ MHD_OPTION_HTTPS_PRIORITIES, 0,
		    (void *)(uintptr_t) "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1" },
		{ MHD_OPTION_END, 0, NULL },
	};
	unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME |
			 MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG |
			 (s->tls ? MHD_USE_TLS : 0);
	const union MHD_DaemonInfo *info;

	s->daemon = mhd.MHD_start_daemon(flags, 0, NULL, NULL,
	    server_take_request, s, MHD_OPTION_EXTERNAL_LOGGER, say_nothing,
	    NULL, MHD_OPTION_NOTIFY_COMPLETED, forget_request, s,
	    MHD_OPTION_NOTIFY_CONNECTION, server_note_place, s,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)DESCRIPTORS_MAX,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_S,
	    MHD_OPTION_ARRAY, s->tls ? tls : tls + 3, MHD_OPTION_END);
	if (s->daemon == NULL)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    s->tls ? _("the file of --tls must contain a certificate "
			       "and its key, both as PEM")
			   : _("libmicrohttpd can't start"));
	info = mhd.MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	s->epoll = info->epoll_fd;
	return 0;
}

/* All descriptors that may be had are taken: each connection and each engine
 * has one. */
static size_t
raise_descriptors(void)
{
	struct rlimit l;

	if (getrlimit(RLIMIT_NOFILE, &l) != 0)
		return 256;
	l.rlim_cur =
	    l.rlim_max < DESCRIPTORS_MAX ? l.rlim_max : DESCRIPTORS_MAX;
	setrlimit(RLIMIT_NOFILE, &l);
	return (size_t)l.rlim_cur;
}

size_t
server_seats(void)
{
	size_t quarter = raise_descriptors() / 4;

	return quarter < CLASSROOM_SEATS_MAX ? quarter : CLASSROOM_SEATS_MAX;
}

int
server_create(struct server **out, const struct server_options *o,
    struct classroom *c, struct diag *d)
{
	struct server *s = mem_zalloc(1, sizeof(*s));
	int err;

	*out = s;
	if (s == NULL)
		return diag_fail(d, ERR_NOMEM);
	s->classroom = c;
	s->tls = o->cert != NULL;
	s->live = o->live;
	s->listens = s->epoll = -1;
	s->packed = s->page = BUF_INIT;
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		s->engines[i] = MEMBER_ENGINE_INIT;
	/* The teacher's engines come before all others. */
	for (size_t i = 0; i < CLASSROOM_SEATS_MAX; i++)
		s->engines[i].nice = MEMBER_ENGINE_NICE;
	server_count_places(s, raise_descriptors(), server_seats());
	s->memory = o->memory != 0 ? o->memory : member_engine_half_of_memory();
	err = LIBRARY_LOAD(RUNG_LIBMICROHTTPD, MHD_FUNCTIONS, mhd, d);
	if (err == 0)
		err = server_make_files(s, o->library);
	if (err == 0)
		err = listen_at(s, o, d);
	if (err == 0)
		err = server_start(s, o, d);
	/* Engines begin with the memory held here. */
	mem_trim();
	return diag_fail(d, err);
}

void
server_destroy(struct server *s)
{
	if (s == NULL)
		return;
	/* Suspended connections would be waited for. */
	for (struct exchange *x = s->exchanges; x != NULL; x = x->next) {
		x->state = EXCHANGE_ANSWERED;
		if (x->suspended)
			mhd.MHD_resume_connection(x->connection);
		x->suspended = false;
	}
	if (s->daemon != NULL) {
		mhd.MHD_run(s->daemon);
		mhd.MHD_stop_daemon(s->daemon);
	}
	if (s->listens >= 0)
		close(s->listens);
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		member_engine_end(&s->engines[i]);
	hosts_free(&s->hosts);
	buf_free(&s->packed);
	buf_free(&s->page);
	mem_free(s);
}

const struct hosts *
server_hosts(const struct server *s)
{
	return &s->hosts;
}

/* ---- serving ---- */

int
server_serve(struct server *s, int fd, int most_ms)
{
	struct pollfd fds[3 + CLASSROOM_MEMBERS_MAX];
	nfds_t n = 3;
	MHD_UNSIGNED_LONG_LONG due;

	fds[0] = (struct pollfd){ .fd = s->epoll, .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = s->listens, .events = POLLIN };
	fds[2] = (struct pollfd){ .fd = fd, .events = POLLIN };
	for (size_t i = 0; i < CLASSROOM_MEMBERS_MAX; i++)
		if (s->engines[i].busy)
			fds[n++] = (struct pollfd){ .fd = s->engines[i].fd,
				.events =
				    member_engine_events(&s->engines[i]) };
	most_ms = most_ms < LOOK_MS ? most_ms : LOOK_MS;
	if (mhd.MHD_get_timeout(s->daemon, &due) == MHD_YES &&
	    due < (MHD_UNSIGNED_LONG_LONG)most_ms)
		most_ms = (int)due;
	if (poll(fds, n, most_ms) < 0 && errno != EINTR)
		return ERR_IO;
	do {
		s->resumed = false;
		server_take_places(s);
		if (mhd.MHD_run(s->daemon) != MHD_YES)
			return ERR_IO;
		server_look_around(s);
		/* Those are gone on with by the next MHD_run. */
	} while (s->resumed);
	return 0;
}
