/* The commands that serve a class from a teacher's machine; see
 * cli/serve_class.h. */
#include "cli/serve_class.h"

#include "base/err.h"
#include "base/mem.h"
#include "cert/cert.h"
#include "classroom/server.h"
#include "draw/paper.h"
#include "grade/roster.h"
#include "web/web.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>

/* A code typed by hand, and read aloud: no 0 or O, no 1, I or L.  A word is of
 * letters. */
#define CODE_LETTERS   "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
#define WORD_LETTERS   "ABCDEFGHJKMNPQRSTUVWXYZ"
#define CODE_N         8
#define TEACHER_CODE_N 12

/* All that one class needs. */
struct serve_class {
	struct cli *c;
	const struct trace *live;
	char code[CODE_N + 1], teacher_code[TEACHER_CODE_N + 1];
	struct roster roster;
	struct cert cert;
	struct buf library;
	struct classroom *classroom;
	struct server *server;
	unsigned handed_in, guessed; /* as was told */
	bool troubled;
};

static int
take_secret(void *to, size_t n)
{
	return getrandom(to, n, 0) == (ssize_t)n ? 0 : ERR_IO;
}

static int
make_code(char *to, size_t n, const char *letters)
{
	unsigned char secret[TEACHER_CODE_N];
	size_t most = strlen(letters);
	int err = take_secret(secret, n);

	for (size_t i = 0; i < n; i++)
		to[i] = letters[secret[i] % most];
	to[n] = '\0';
	return err;
}

static int
make_word(char word[ROSTER_WORD_N + 1])
{
	return make_code(word, ROSTER_WORD_N, WORD_LETTERS);
}

/* The words of N's roster on slips, in a file next to it, and says so: COUNT
 * are new. */
static int
write_slips(const struct serve_class *n, size_t count, struct diag *d)
{
	const char *file = n->c->roster, *dot = strrchr(file, '.');
	size_t stem = dot != NULL && strchr(dot, '/') == NULL
			  ? (size_t)(dot - file)
			  : strlen(file);
	struct paper *p = mem_zalloc(1, sizeof(*p));
	LOCAL_BUF name = BUF_INIT, out = BUF_INIT;
	int err =
	    p != NULL ? roster_put_slips(&n->roster, &p->text) : ERR_NOMEM;

	buf_printf(&name, "%.*s-slips.html", (int)stem, file);
	if (err == 0) {
		buf_puts(&p->title, _("Words of the class, as slips"));
		err = paper_put_html(p, 1, &out, d);
	}
	if (err == 0 && name.err == 0)
		err = cli_write(n->c, &out, buf_cstr(&name), d);
	if (err == 0)
		cli_remark(n->c,
		    _("%zu students had no word and have one now in %s; print "
		      "and cut %s"),
		    count, file, buf_cstr(&name));
	if (p != NULL)
		paper_free(p);
	mem_free(p);
	return err != 0 ? err : name.err;
}

/* A roster with a column of words has one for each student. */
static int
read_roster(struct serve_class *n, struct diag *d)
{
	const char *file = n->c->roster;
	LOCAL_BUF text = BUF_INIT, filled = BUF_INIT;
	size_t count = 0;
	int err;

	if (file == NULL)
		return 0;
	err = diag_read_file(&text, file, ROSTER_SIZE_MAX, d);
	if (err == 0)
		err = roster_fill_words(
		    buf_view(&text), file, make_word, &filled, &count, d);
	if (err == 0)
		err = roster_read_text(&n->roster,
		    count > 0 ? buf_view(&filled) : buf_view(&text), file, d);
	if (err != 0 || count == 0)
		return err;
	err = buf_write_own_file(&filled, file);
	if (err != 0)
		return diag_set(d, err, file, 0,
		    _("the column of words is empty and can't be filled: %s"),
		    err == ERR_IO ? err_system(errno) : err_text(err));
	return write_slips(n, count, d);
}

static int
check_handins_folder(const struct cli *c, struct diag *d)
{
	struct stat st;

	if (c->handins == NULL ||
	    (stat(c->handins, &st) == 0 && S_ISDIR(st.st_mode)))
		return 0;
	return diag_set(d, ERR_NOTFOUND, c->handins, 0, _("is not a folder"));
}

static int
make_cert(struct cli *c, struct serve_class *n, struct diag *d)
{
	const char *hosts[] = { "localhost", "127.0.0.1",
		c->host != NULL ? c->host : c->listen };
	const struct cert_spec spec = { .name = "rung serve",
		.hosts = hosts,
		.nhosts = COUNT_OF(hosts),
		.now_s = (int64_t)time(NULL),
		.days = 7 };

	if (!c->sealed)
		return 0;
	return c->cert != NULL ? cert_read(&n->cert, c->cert, d)
			       : cert_make(&n->cert, &spec, d);
}

static int
serve_class_open(struct cli *c, struct serve_class *n, struct diag *d)
{
	struct classroom_options o = { .code = n->code,
		.teacher_code = n->teacher_code,
		.folder = c->handins,
		.roster = c->roster != NULL ? &n->roster : NULL,
		.secret = take_secret,
		.seats = server_seats() };
	struct server_options s = { .address = c->listen,
		.port = c->has_port ? c->port : SERVE_CLASS_PORT,
		.name = c->host,
		.memory = c->engines_memory,
		.live = n->live };
	int err = classroom_create(&n->classroom, &o);

	s.library = buf_view(&n->library);
	if (c->sealed) {
		s.cert = buf_cstr(&n->cert.cert);
		s.key = buf_cstr(&n->cert.key);
	}
	return err == 0 ? server_create(&n->server, &s, n->classroom, d) : err;
}

static void
serve_class_put_address(const struct serve_class *n, const char *host,
    const char *code, struct buf *out)
{
	buf_printf(out, "%s://%s/%s#code=%s", n->c->sealed ? "https" : "http",
	    host, n->live != NULL ? "?live" : "", code);
}

int
serve_class_tell(const struct serve_class *n, struct diag *d)
{
	struct cli *c = n->c;
	const struct hosts *hosts = server_hosts(n->server);
	const char *outside = hosts_outside(hosts);
	LOCAL_BUF out = BUF_INIT, address = BUF_INIT;
	struct diag none = DIAG_INIT;

	serve_class_put_address(n,
	    outside != NULL ? outside : hosts_here(hosts), n->code, &address);
	buf_printf(&out, "%s: %s\n", _("The class"), buf_cstr(&address));
	/* Without the library, or where it can't be seen, there is none. */
	if (outside != NULL && c->utf8)
		qr_put(buf_cstr(&address), cli_theme(c) != THEME_NONE, &out,
		    &none);
	if (outside == NULL)
		buf_printf(&out, "  (%s)\n",
		    _("only this machine; --address=0.0.0.0 admits other "
		      "machines"));
	buf_clear(&address);
	serve_class_put_address(
	    n, hosts_here(hosts), n->teacher_code, &address);
	buf_printf(&out, "%s: %s\n", _("The teacher"), buf_cstr(&address));
	if (n->cert.fingerprint[0] != '\0')
		buf_printf(&out, "%s: %s\n", _("Certificate (SHA-256)"),
		    n->cert.fingerprint);
	buf_printf(&out, "%s\n", _("Press Ctrl-C to end."));
	return out.err != 0 || address.err != 0 ? ERR_NOMEM
						: cli_write(c, &out, NULL, d);
}

/* How many have handed in, and guessed wrong words, where that has changed. */
static void
tell_news(struct cli *c, struct serve_class *n)
{
	const char *trouble = classroom_trouble(n->classroom);
	const char *number, *address;
	unsigned guessed = classroom_guessed(n->classroom, &number, &address);

	if (classroom_handed_in(n->classroom) != n->handed_in) {
		n->handed_in = classroom_handed_in(n->classroom);
		cli_remark(c, _("%u handed in"), n->handed_in);
	}
	if (guessed != n->guessed)
		cli_remark(c,
		    _("%u wrong words so far, the last for %s from %s"),
		    guessed, number, address);
	n->guessed = guessed;
	if (trouble[0] != '\0' && !n->troubled)
		cli_remark(c, "%s", trouble);
	n->troubled = trouble[0] != '\0';
}

int
serve_class_begin(struct serve_class **np, struct cli *c, char **folders,
    size_t nfolders, const struct trace *live, struct diag *d)
{
	struct serve_class *n = mem_zalloc(1, sizeof(*n));
	int err;

	*np = n;
	if (n == NULL)
		return diag_fail(d, ERR_NOMEM);
	*n = (struct serve_class){ .c = c,
		.live = live,
		.roster = ROSTER_INIT,
		.cert = CERT_INIT,
		.library = BUF_INIT };
	if (c->listen == NULL)
		c->listen = "127.0.0.1";
	err = check_handins_folder(c, d);
	if (err == 0)
		err = make_code(n->code, CODE_N, CODE_LETTERS);
	if (err == 0)
		err = make_code(n->teacher_code, TEACHER_CODE_N, CODE_LETTERS);
	if (err == 0)
		err = read_roster(n, d);
	if (err == 0)
		err = make_cert(c, n, d);
	if (err == 0)
		err = web_put_library((const char *const *)folders, nfolders,
		    false, &n->library, &n->library, d);
	if (err == 0)
		err = serve_class_open(c, n, d);
	return err;
}

int
serve_class_go_on(struct serve_class *n, int fd, int most_ms, struct diag *d)
{
	int err = server_serve(n->server, fd, most_ms);

	tell_news(n->c, n);
	return diag_fail(d, err);
}

void
serve_class_close(struct serve_class *n)
{
	if (n == NULL)
		return;
	server_destroy(n->server);
	classroom_destroy(n->classroom);
	buf_free(&n->library);
	cert_free(&n->cert);
	roster_free(&n->roster);
	mem_free(n);
}

/* ---- options ---- */

int
serve_class_set_port(struct cli *c, const char *value, struct diag *d)
{
	char *end;
	unsigned long port = strtoul(value, &end, 10);

	if (value[0] < '0' || value[0] > '9' || *end != '\0' || port > 65535)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not a port; use a number up to 65535 (0: any)"),
		    value);
	c->port = (unsigned)port;
	c->has_port = true;
	return 0;
}

int
serve_class_set_listen(struct cli *c, const char *value, struct diag *d)
{
	struct str port, host = str_of(value);
	const char *colon = strrchr(value, ':');

	/* "[::1]:8080" has a port, "::1" has none. */
	if (colon != NULL && (strchr(value, ':') == colon || value[0] == '[')) {
		host = str_slice(host, 0, (size_t)(colon - value));
		port = str_of(colon + 1);
		if (port.n > 0 && !str_ends(str_of(value), "]") &&
		    serve_class_set_port(c, port.p, d) != 0)
			return d->err;
	}
	if (host.n > 1 && host.p[0] == '[')
		host = str_slice(str_cut(host, ']', &port), 1, host.n);
	if (host.n >= sizeof(c->listen_word))
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("--address: “%s” is too long"), value);
	memcpy(c->listen_word, host.p, host.n);
	c->listen_word[host.n] = '\0';
	c->listen = host.n > 0 ? c->listen_word : NULL;
	return 0;
}

int
serve_class_set_host(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->host = value;
	return 0;
}

int
serve_class_set_tls(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->sealed = true;
	c->cert = value;
	return 0;
}
