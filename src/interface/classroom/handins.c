/* Files of hand-ins; see classroom/handins.h. */
#include "classroom/handins.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "grade/class.h"
#include "grade/handin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of a lab and a number, with those of classes before. */
#define NAMES_MAX 4096

struct giver {
	char number[64], browser[64], address[64];
	bool owns;    /* the number */
	bool settled; /* so said the teacher */
	bool out;     /* its files do not count */
	size_t bytes;
	struct buf names; /* of the files, each with its end */
};

void
handins_free(struct handins *h)
{
	for (size_t i = 0; i < h->n; i++)
		buf_free(&h->givers[i].names);
	mem_free(h->givers);
	mem_free(h->folder);
	buf_free(&h->trouble);
}

bool
handins_same_number(const char *a, const char *b)
{
	LOCAL_BUF x = BUF_INIT, y = BUF_INIT;
	bool same;

	roster_put_key(a, &x);
	roster_put_key(b, &y);
	same =
	    x.err == 0 && y.err == 0 && strcmp(buf_cstr(&x), buf_cstr(&y)) == 0;
	return same;
}

/* ---- who gives ---- */

/* NULL: none; BROWSER NULL: the owner. */
static struct giver *
find_giver(const struct handins *h, const char *number, const char *browser)
{
	for (size_t i = 0; i < h->n; i++) {
		struct giver *g = &h->givers[i];

		if ((browser != NULL ? strcmp(g->browser, browser) == 0
				     : g->owns) &&
		    handins_same_number(g->number, number))
			return g;
	}
	return NULL;
}

static int
add_giver(struct handins *h, const struct handin *i, const char *browser)
{
	struct giver *g;

	if (find_giver(h, i->number, browser) != NULL)
		return 0;
	if (ARRAY_ROOM(&h->givers, &h->cap, h->n + 1) != 0)
		return ERR_NOMEM;
	g = &h->givers[h->n++];
	*g = (struct giver){ .names = BUF_INIT };
	strncpy(g->number, i->number, sizeof(g->number) - 1);
	strncpy(g->browser, browser, sizeof(g->browser) - 1);
	strncpy(g->address, i->address, sizeof(g->address) - 1);
	return 0;
}

/* The giver of I, *G; the number has an owner from now on. */
static int
take_giver(struct handins *h, const struct handin *i, struct giver **g)
{
	int err = add_giver(h, i, i->browser);

	if (err == 0)
		err = add_giver(h, i, i->first);
	if (err == 0 && find_giver(h, i->number, NULL) == NULL)
		find_giver(h, i->number, i->first)->owns = true;
	*g = find_giver(h, i->number, i->browser);
	if (err != 0)
		return err;
	(*g)->owns |= i->sure;
	(*g)->out |= !(*g)->owns && find_giver(h, i->number, NULL)->settled;
	return 0;
}

/* There is room for N bytes more of G. */
static int
handins_check_room(
    struct handins *h, const struct giver *g, size_t n, struct diag *d)
{
	size_t all = n, own = n;

	if (g->bytes + n > HANDINS_OF_ONE)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("no more than 50 files and %zu MiB are taken of one"),
		    HANDINS_OF_ONE >> 20);
	for (size_t i = 0; i < h->n; i++) {
		all += h->givers[i].bytes;
		if (strcmp(h->givers[i].address, g->address) == 0)
			own += h->givers[i].bytes;
	}
	if (own + all <= HANDINS_OF_ALL)
		return 0;
	buf_clear(&h->trouble);
	buf_printf(&h->trouble,
	    _("no more is taken from %s: too much has come"), g->address);
	return diag_set(d, ERR_LIMIT, NULL, 0, "%s", buf_cstr(&h->trouble));
}

/* ---- files ---- */

/* What of TEXT may stand in a file's name. */
static void
handins_put_plain(struct buf *out, const char *text)
{
	for (size_t n = 0; n < 64 && text[n] != '\0'; n++)
		buf_putc(out,
		    chr_is_alnum(text[n]) || text[n] == '-' ? text[n] : '_');
}

static int
put_path(const struct handins *h, const char *name, struct buf *path)
{
	buf_clear(path);
	buf_printf(path, "%s/%s", h->folder, name);
	return path->err;
}

/* A name that no file has: STEM, whether it is another's, from the
 * second on how many these have, and whether it counts. */
static int
handins_find_name(const struct handins *h, struct str stem,
    const struct giver *g, const char *ending, struct buf *name)
{
	LOCAL_BUF path = BUF_INIT;
	int err = ERR_LIMIT;

	for (unsigned nth = 1; err == ERR_LIMIT && nth <= NAMES_MAX; nth++) {
		buf_clear(name);
		buf_str(name, stem);
		if (!g->owns)
			buf_printf(name, ".other%zu", (size_t)(g - h->givers));
		if (nth > 1)
			buf_printf(name, ".%u", nth);
		buf_printf(name, g->out ? ".out.%s" : ".%s", ending);
		err = name->err != 0 ? name->err
				     : put_path(h, buf_cstr(name), &path);
		if (err == 0 && access(buf_cstr(&path), F_OK) == 0)
			err = ERR_LIMIT;
	}
	return err;
}

/* What PATH has is on the disk.  0, or ERR_IO, and errno says why. */
static int
sync_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int err = fd >= 0 && fsync(fd) == 0 ? 0 : ERR_IO;

	if (fd >= 0)
		close(fd);
	return err;
}

/* The file gets its name when it is whole (base/outfile.h). */
static int
handins_write_file(const struct handins *h, const char *name, struct str text)
{
	LOCAL_BUF path = BUF_INIT, all = BUF_INIT;
	int err = put_path(h, name, &path);

	buf_str(&all, text);
	if (err == 0)
		err = all.err;
	if (err == 0)
		err = buf_write_own_file(&all, buf_cstr(&path));
	if (err == 0)
		err = sync_path(buf_cstr(&path));
	if (err == 0)
		err = sync_path(h->folder);
	return err;
}

/* The same; what fails is H's trouble. */
static int
handins_write_told(
    struct handins *h, const char *name, struct str text, struct diag *d)
{
	int err = handins_write_file(h, name, text);

	buf_clear(&h->trouble);
	if (err == 0)
		return 0;
	buf_printf(&h->trouble, _("what is handed in can't be kept: %s"),
	    err == ERR_IO ? err_system(errno) : err_text(err));
	return diag_set(d, err, NULL, 0, "%s", buf_cstr(&h->trouble));
}

/* TEXT in a file's name, so that no other text has the same. */
static void
put_exact(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		if (chr_is_alnum(*text) || *text == '-')
			buf_putc(out, *text);
		else
			buf_printf(out, "_%02x", (unsigned char)*text);
}

int
handins_keep_note(struct handins *h, const char *lab, const char *number,
    struct str text, struct buf *name, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	int err = put_path(h, CLASS_NOTES, &path);

	buf_puts(name, CLASS_NOTES "/");
	put_exact(name, lab);
	buf_putc(name, '.');
	put_exact(name, number);
	buf_puts(name, ".txt");
	if (err == 0)
		err = name->err;
	if (err != 0)
		return err;
	/* The write below tells a fault of the folder. */
	(void)mkdir(buf_cstr(&path), 0700);
	return handins_write_told(h, buf_cstr(name), text, d);
}

int
handins_keep(
    struct handins *h, const struct handin *i, struct buf *name, struct diag *d)
{
	size_t n = i->text.n > HANDINS_LEAST ? i->text.n : HANDINS_LEAST;
	struct giver *g = NULL;
	LOCAL_BUF stem = BUF_INIT;
	int err = take_giver(h, i, &g);

	handins_put_plain(&stem, i->lab);
	buf_putc(&stem, '-');
	handins_put_plain(&stem, i->number);
	if (err == 0)
		err = stem.err;
	if (err == 0)
		err = handins_check_room(h, g, n, d);
	if (err == 0)
		err = handins_find_name(h, buf_view(&stem), g,
		    i->ending != NULL ? i->ending : "rung", name);
	if (err != 0)
		return err;
	err = handins_write_told(h, buf_cstr(name), i->text, d);
	if (err != 0)
		return err;
	g->bytes += n;
	buf_add(&g->names, name->p, name->n);
	buf_putc(&g->names, '\0');
	return g->names.err;
}

/* NAME says whose G's files are by now. */
static bool
is_named_so(const struct giver *g, const char *name)
{
	return (strstr(name, ".other") == NULL) == g->owns &&
	       handin_name_is_out(name) == g->out;
}

/* G's files get names that say whose they are by now.  The teacher has said so:
 * files that were moved meanwhile are left out. */
static int
rename_files(struct handins *h, struct giver *g)
{
	LOCAL_BUF from = BUF_INIT, to = BUF_INIT, name = BUF_INIT;
	struct buf names = BUF_INIT;
	int err = 0;

	for (size_t at = 0; err == 0 && at < g->names.n;) {
		struct str was = str_of(g->names.p + at);

		at += was.n + 1;
		if (is_named_so(g, was.p)) {
			buf_add(&names, was.p, was.n + 1);
			continue;
		}
		err = put_path(h, was.p, &from);
		if (err == 0)
			err = handins_find_name(h, str_cut(was, '.', &was), g,
			    strrchr(buf_cstr(&from), '.') + 1, &name);
		if (err == 0)
			err = put_path(h, buf_cstr(&name), &to);
		if (err == 0 && rename(buf_cstr(&from), buf_cstr(&to)) == 0)
			buf_add(&names, name.p, name.n + 1);
	}
	buf_free(&g->names);
	g->names = names;
	return err != 0 ? err : names.err;
}

int
handins_put_out(struct handins *h, const char *number, const char *browser)
{
	struct giver *g = find_giver(h, number, browser);
	int err;

	if (g == NULL)
		return 0;
	g->out = true;
	g->settled = false;
	err = rename_files(h, g);
	g->owns = false;
	return err;
}

int
handins_assign(struct handins *h, const struct handin *i)
{
	int err = add_giver(h, i, i->browser);

	/* The others' first: their names become free. */
	for (unsigned own = 0; err == 0 && own < 2; own++)
		for (size_t k = 0; err == 0 && k < h->n; k++) {
			struct giver *g = &h->givers[k];

			if ((strcmp(g->browser, i->browser) == 0) != own ||
			    !handins_same_number(g->number, i->number))
				continue;
			g->owns = g->settled = own;
			g->out = !own;
			err = rename_files(h, g);
		}
	return err;
}

bool
handins_are_settled(
    const struct handins *h, const char *number, const char *browser)
{
	const struct giver *g = find_giver(h, number, browser);

	return g != NULL && g->settled;
}

bool
handins_have_other(
    const struct handins *h, const char *number, const char *browser)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->givers[i].names.n > 0 && !h->givers[i].out &&
		    strcmp(h->givers[i].browser, browser) != 0 &&
		    handins_same_number(h->givers[i].number, number))
			return true;
	return false;
}
