/* Files of hand-ins; see classroom/handins.h. */
#include "classroom/handins.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "grade/arrival_dates.h"
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

void
handins_free(struct handins *h)
{
	for (size_t i = 0; i < h->n; i++)
		buf_free(&h->givers[i].names);
	mem_free(h->givers);
	mem_free(h->folder);
	buf_free(&h->trouble);
}

/* ---- who gives ---- */

/* The number of I gets an owner, where it has none: the first that said it. */
static void
handins_choose_owner(struct handins *h, const struct handin *i)
{
	LOCAL_BUF key = BUF_INIT;

	roster_put_key(i->number, &key);
	for (size_t k = 0; k < h->n; k++)
		if (!h->givers[k].out &&
		    strcmp(h->givers[k].key, buf_cstr(&key)) == 0) {
			h->givers[k].owns = true;
			return;
		}
}

/* The giver of I, *G; the number has an owner from now on, unless all of its
 * givers are out. */
static int
take_giver(struct handins *h, const struct handin *i, struct giver **g)
{
	const struct giver *owner;
	int err = handins_add_giver(h, i, i->first);

	if (err == 0)
		err = handins_add_giver(h, i, i->browser);
	if (err == 0 && handins_find_giver(h, i->number, NULL) == NULL)
		handins_choose_owner(h, i);
	*g = handins_find_giver(h, i->number, i->browser);
	if (err != 0 || *g == NULL)
		return ERR_NOMEM;
	owner = handins_find_giver(h, i->number, NULL);
	(*g)->owns |= i->sure;
	(*g)->out |= !(*g)->owns && owner != NULL && owner->settled;
	return 0;
}

/* ---- numbers that are said ---- */

static bool
is_said_alone(const struct giver *g)
{
	return g->names.n == 0 && !g->owns && !g->out;
}

/* Another that has handed in nothing may be kept: its number has one at most,
 * and there is room. */
static bool
may_say(const struct handins *h, const struct handin *i)
{
	LOCAL_BUF key = BUF_INIT;
	size_t all = 1, own = 1, same = 0;

	roster_put_key(i->number, &key);
	for (size_t k = 0; k < h->n; k++) {
		const struct giver *g = &h->givers[k];

		same += strcmp(g->key, buf_cstr(&key)) == 0;
		all += is_said_alone(g);
		own += is_said_alone(g) && strcmp(g->address, i->address) == 0;
	}
	return key.err == 0 && same < 2 && own + all <= HANDINS_SAID;
}

/* The teacher hears of numbers that can't be kept. */
static int
handins_save_told(struct handins *h)
{
	int err = handins_numbers_save(h);

	if (err != ERR_IO)
		return err;
	buf_clear(&h->trouble);
	buf_printf(&h->trouble, _("who uses which number can't be kept: %s"),
	    err_system(errno));
	return h->trouble.err;
}

int
handins_say(struct handins *h, const struct handin *i)
{
	int err;

	if (h->folder == NULL || !may_say(h, i) ||
	    handins_find_giver(h, i->number, i->browser) != NULL)
		return 0;
	err = handins_add_giver(h, i, i->browser);
	return err == 0 ? handins_save_told(h) : err;
}

int
handins_unsay(struct handins *h, const char *number, const char *browser)
{
	struct giver *g = handins_find_giver(h, number, browser);
	size_t at;

	if (h->folder == NULL || g == NULL || !is_said_alone(g))
		return 0;
	at = g->nth;
	buf_free(&g->names);
	h->n--;
	memmove(g, g + 1, (h->n - at) * sizeof(*g));
	return handins_save_told(h);
}

/* There is room for N bytes more of G. */
static int
handins_check_room(
    struct handins *h, const struct giver *g, size_t n, struct diag *d)
{
	size_t all = n, own = n;

	if (g->bytes + n > HANDINS_OF_ONE)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("each sender may hand in at most 50 files and %zu MiB"),
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
	    _("%s has sent too much; no more is accepted from there"),
	    g->address);
	return diag_set(d, ERR_LIMIT, NULL, 0, "%s", buf_cstr(&h->trouble));
}

/* ---- files ---- */

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
			buf_printf(name, ".other%u", g->nth);
		if (nth > 1)
			buf_printf(name, ".%u", nth);
		buf_printf(name, g->out ? ".out.%s" : ".%s", ending);
		err = name->err != 0
			  ? name->err
			  : handins_put_path(h, buf_cstr(name), &path);
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
	int err = handins_put_path(h, name, &path);

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

/* ERR of a file that was to be kept is H's trouble, and D's. */
static int
handins_tell_write(struct handins *h, int err, struct diag *d)
{
	buf_clear(&h->trouble);
	if (err == 0)
		return 0;
	buf_printf(&h->trouble, _("the hand-in can't be saved: %s"),
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
	int err = handins_put_path(h, CLASS_NOTES, &path);

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
	return handins_tell_write(
	    h, handins_write_file(h, buf_cstr(name), text), d);
}

int
handins_keep(
    struct handins *h, const struct handin *i, struct buf *name, struct diag *d)
{
	size_t n = i->text.n > HANDINS_LEAST ? i->text.n : HANDINS_LEAST;
	struct giver *g = NULL;
	LOCAL_BUF stem = BUF_INIT;
	size_t before;
	int err = take_giver(h, i, &g);

	handin_put_stem(i->lab, i->number, &stem);
	if (err == 0)
		err = stem.err;
	if (err == 0)
		err = handins_check_room(h, g, n, d);
	if (err == 0)
		err = handins_find_name(h, buf_view(&stem), g,
		    i->ending != NULL ? i->ending : "rung", name);
	if (err != 0)
		return err;
	before = g->names.n;
	buf_add(&g->names, name->p, name->n);
	buf_putc(&g->names, '/');
	err = g->names.err != 0 ? g->names.err : handins_numbers_save(h);
	if (err == 0)
		err = arrival_date_note(h->folder, buf_cstr(name));
	err = handins_tell_write(h,
	    err == 0 ? handins_write_file(h, buf_cstr(name), i->text) : err, d);
	if (err == 0)
		g->bytes += n;
	else
		buf_truncate(&g->names, before);
	return err;
}

/* NAME says whose G's files are by now. */
static bool
is_named_so(const struct giver *g, const char *name)
{
	bool out = handin_name_is_out(name);

	return g->out ? out
		      : !out && (strstr(name, ".other") == NULL) == g->owns;
}

/* The name at *AT of G's files gets one that says whose it is by now; *AT moves
 * to the next.  Meanwhile both are kept.  A file that was moved away is none of
 * G's any more. */
static int
rename_file(struct handins *h, struct giver *g, size_t *at)
{
	LOCAL_BUF was = BUF_INIT, from = BUF_INIT, to = BUF_INIT,
		  name = BUF_INIT;
	size_t before = g->names.n;
	struct str rest;
	int err;

	buf_str(&was,
	    str_cut(str_slice(buf_view(&g->names), *at, before), '/', &rest));
	if (was.err == 0 && is_named_so(g, buf_cstr(&was))) {
		*at += was.n + 1;
		return 0;
	}
	err = handins_put_path(h, buf_cstr(&was), &from);
	if (err == 0)
		err = handins_find_name(h, str_cut(buf_view(&was), '.', &rest),
		    g, strrchr(buf_cstr(&from), '.') + 1, &name);
	if (err == 0)
		err = handins_put_path(h, buf_cstr(&name), &to);
	buf_printf(&g->names, "%s/", buf_cstr(&name));
	if (err == 0)
		err =
		    g->names.err != 0 ? g->names.err : handins_numbers_save(h);
	if (err == 0)
		err = arrival_date_rename(
		    h->folder, buf_cstr(&was), buf_cstr(&name));
	if (err != 0 || rename(buf_cstr(&from), buf_cstr(&to)) != 0)
		buf_truncate(&g->names, before);
	if (err != 0)
		return err;
	memmove(g->names.p + *at, g->names.p + *at + was.n + 1,
	    g->names.n - *at - was.n - 1);
	buf_truncate(&g->names, g->names.n - was.n - 1);
	return 0;
}

static int
rename_files(struct handins *h, struct giver *g)
{
	int err = 0;

	for (size_t at = 0; err == 0 && at < g->names.n;)
		err = rename_file(h, g, &at);
	return err;
}

/* Each giver's files get the names that say whose they are by now. */
static int
rename_all(struct handins *h)
{
	int err = 0;

	/* Those first that own no more: their names become free. */
	for (unsigned own = 0; err == 0 && own < 2; own++)
		for (size_t i = 0; err == 0 && i < h->n; i++)
			if (h->givers[i].owns == own)
				err = rename_files(h, &h->givers[i]);
	return err;
}

int
handins_open(struct handins *h, const char *folder)
{
	int err;

	if (folder == NULL)
		return 0;
	h->folder = mem_strdup(folder);
	err = h->folder != NULL ? handins_numbers_load(h) : ERR_NOMEM;
	/* It may have ended between what the teacher said and the names. */
	return err == 0 && rename_all(h) == ERR_NOMEM ? ERR_NOMEM : err;
}

/* The teacher's word is kept before files are renamed by it, and
 * after. */
static int
handins_settle(struct handins *h)
{
	int err;

	if (h->folder == NULL)
		return 0;
	err = handins_save_told(h);
	if (err == 0)
		err = rename_all(h);
	return err == 0 ? handins_save_told(h) : err;
}

int
handins_put_out(struct handins *h, const char *number, const char *browser)
{
	struct giver *g = handins_find_giver(h, number, browser);
	int err;

	if (g == NULL)
		return 0;
	g->out = true;
	g->settled = false;
	err = handins_settle(h);
	g->owns = false;
	return err == 0 && h->folder != NULL ? handins_save_told(h) : err;
}

int
handins_assign(struct handins *h, const struct handin *i)
{
	int err = handins_add_giver(h, i, i->browser);
	const struct giver *own = handins_find_giver(h, i->number, i->browser);

	if (err != 0 || own == NULL)
		return ERR_NOMEM;
	for (size_t k = 0; k < h->n; k++) {
		struct giver *g = &h->givers[k];

		if (strcmp(g->key, own->key) != 0)
			continue;
		g->owns = g->settled = g == own;
		g->out = g != own;
	}
	return handins_settle(h);
}

bool
handins_are_settled(
    const struct handins *h, const char *number, const char *browser)
{
	const struct giver *g = handins_find_giver(h, number, browser);

	return g != NULL && g->settled;
}

bool
handins_are_anothers(
    const struct handins *h, const char *number, const char *browser)
{
	const struct giver *g = handins_find_giver(h, number, NULL);

	return g != NULL && g->settled && strcmp(g->browser, browser) != 0;
}

bool
handins_have_other(
    const struct handins *h, const char *number, const char *browser)
{
	LOCAL_BUF key = BUF_INIT;

	roster_put_key(number, &key);
	for (size_t i = 0; key.err == 0 && i < h->n; i++)
		if (!h->givers[i].out &&
		    strcmp(h->givers[i].browser, browser) != 0 &&
		    strcmp(h->givers[i].key, buf_cstr(&key)) == 0)
			return true;
	return false;
}
