/* Numbers and their users, as a file of the folder; see classroom/handins.h.
 */
#include "classroom/handins.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/i18n.h"
#include "base/outfile.h"
#include "grade/handin.h"
#include "text/json_fields.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NUMBERS_NEW    HANDINS_NUMBERS ".new"
#define NUMBERS_SIZE   ((size_t)16 << 20)
#define NUMBERS_GIVERS 8192
#define NTH_MOST       999999

static const struct field numbers_fields[] = {
	FIELD(struct giver, number, CHARS, NULL, .flags = FIELD_NEEDED),
	FIELD(struct giver, browser, CHARS, NULL, .flags = FIELD_NEEDED),
	FIELD(struct giver, address, CHARS, NULL),
	FIELD(struct giver, nth, NUMBER, NULL, .most = NTH_MOST,
	    .flags = FIELD_NEEDED),
	FIELD(struct giver, owns, FLAG, NULL),
	FIELD(struct giver, settled, FLAG, NULL),
	FIELD(struct giver, out, FLAG, NULL),
	FIELD_AS("files", struct giver, names, BUF, NULL),
	FIELDS_END,
};

/* ---- writing ---- */

static int
write_synced(const char *path, struct str text)
{
	int fd = open(
	    path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	int err = fd < 0 ? errno : fd_write(fd, text);

	if (err == 0 && fsync(fd) != 0)
		err = errno;
	if (fd >= 0)
		close(fd);
	errno = err;
	return err == 0 ? 0 : ERR_IO;
}

static int
sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int err = fd >= 0 && fsync(fd) == 0 ? 0 : ERR_IO, why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
	return err;
}

int
handins_numbers_save(const struct handins *h)
{
	LOCAL_BUF all = BUF_INIT, path = BUF_INIT, aside = BUF_INIT;
	int err = handins_put_path(h, HANDINS_NUMBERS, &path);

	for (size_t i = 0; i < h->n; i++) {
		json_put_object(numbers_fields, &h->givers[i], &all);
		buf_putc(&all, '\n');
	}
	if (err == 0)
		err = handins_put_path(h, NUMBERS_NEW, &aside);
	if (err == 0)
		err = all.err;
	if (err == 0)
		err = write_synced(buf_cstr(&aside), buf_view(&all));
	if (err == 0 && rename(buf_cstr(&aside), buf_cstr(&path)) != 0)
		err = ERR_IO;
	return err == 0 ? sync_folder(h->folder) : err;
}

/* ---- reading ---- */

/* NAME may be one of a file in the folder. */
static bool
is_plain_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!chr_is_alnum(name.p[i]) &&
		    strchr("-_.", name.p[i]) == NULL)
			return false;
	return name.n > 0 && name.p[0] != '.';
}

/* NAMES, as they were kept, of files that are there come to G. */
static int
take_names(struct handins *h, struct giver *g, struct str names)
{
	LOCAL_BUF path = BUF_INIT, file = BUF_INIT;
	struct stat st;
	int err = 0;

	while (err == 0 && names.n > 0) {
		struct str name = str_cut(names, '/', &names);

		if (!is_plain_name(name))
			continue;
		buf_clear(&file);
		buf_str(&file, name);
		err = handins_put_path(h, buf_cstr(&file), &path);
		if (err != 0 || lstat(buf_cstr(&path), &st) != 0 ||
		    !S_ISREG(st.st_mode))
			continue;
		g->bytes += (size_t)st.st_size > HANDINS_LEAST
				? (size_t)st.st_size
				: HANDINS_LEAST;
		buf_printf(&g->names, "%s/", buf_cstr(&file));
		err = g->names.err;
	}
	return err;
}

/* KEPT, by whatever was read, is a giver of H.  *G: that one. */
static int
take_kept(struct handins *h, const struct giver *kept, struct giver **g)
{
	const struct handin i = { .number = kept->number,
		.address = kept->address };
	int err = h->n < NUMBERS_GIVERS && kept->number[0] != '\0'
		      ? handins_add_giver(h, &i, kept->browser)
		      : ERR_LIMIT;

	if (err != 0)
		return err;
	*g = handins_find_giver(h, kept->number, kept->browser);
	if (*g == NULL)
		return ERR_NOMEM;
	(*g)->nth = kept->nth;
	(*g)->owns = kept->owns && !kept->out;
	(*g)->settled = kept->settled;
	(*g)->out = kept->out;
	h->nth = h->nth > kept->nth ? h->nth : kept->nth + 1;
	return take_names(h, *g, buf_view(&kept->names));
}

/* A line that is none, or cut, is left out: its files tell of themselves.
 * *FILES: one has been kept. */
static int
take_line(struct handins *h, struct str line, bool *files)
{
	struct giver kept = { .names = BUF_INIT }, *g;
	struct json_value object;
	int err = json_read(&line, &object);

	if (err == 0)
		err = json_take_fields(numbers_fields, object, &kept);
	*files |= err == 0 && kept.names.n > 0;
	if (err == 0)
		err = take_kept(h, &kept, &g);
	buf_free(&kept.names);
	return err == ERR_NOMEM ? err : 0;
}

/* The kept numbers, a line each.  Where the folder has none of its files any
 * more, it was emptied for another class. */
static int
take_lines(struct handins *h, struct str all)
{
	bool files = false, there = false;
	struct str line;
	int err = 0;

	while (err == 0 && all.n > 0) {
		line = str_cut_line(all, &all);
		err = take_line(h, line, &files);
	}
	for (size_t i = 0; i < h->n; i++)
		there |= h->givers[i].names.n > 0;
	if (files && !there)
		h->n = h->nth = 0;
	return err;
}

static bool
is_known(const struct handins *h, const char *name)
{
	struct str rest;

	for (size_t i = 0; i < h->n; i++)
		for (rest = buf_view(&h->givers[i].names); rest.n > 0;)
			if (str_is(str_cut(rest, '/', &rest), name))
				return true;
	return false;
}

/* The beginning of the file at PATH, without waiting for a pipe. */
static int
read_head(const char *path, struct work *w)
{
	char head[HANDIN_HEAD_MAX];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t n = fd >= 0 ? read(fd, head, sizeof(head)) : -1;

	if (fd >= 0)
		close(fd);
	return n > 0 ? handin_read_head(
			   w, str_slice((struct str){ head, (size_t)n }, 0,
				  (size_t)n))
		     : 0;
}

/* The number in ".other7" of NAME, or -1. */
static int64_t
other_of(const char *name)
{
	const char *at = strstr(name, ".other");
	unsigned long n = at != NULL && chr_is_digit(at[6])
			      ? strtoul(at + 6, NULL, 10)
			      : NTH_MOST + 1;

	return n <= NTH_MOST ? (int64_t)n : -1;
}

/* NAME is a hand-in of LAB and NUMBER in the folder, and nothing is known of
 * it: it is of an unknown browser. */
static int
take_unknown(struct handins *h, const char *name, const char *number)
{
	int64_t other = other_of(name);
	struct giver *g, kept = { .names = BUF_INIT,
		.out = handin_name_is_out(name),
		.nth = other >= 0 ? (unsigned)other : h->nth };
	int err;

	strncpy(kept.number, number, sizeof(kept.number) - 1);
	snprintf(kept.browser, sizeof(kept.browser), "?%u", kept.nth);
	kept.owns = other < 0 && !kept.out;
	if (kept.owns && handins_find_giver(h, number, NULL) != NULL)
		return 0;
	buf_printf(&kept.names, "%s/", name);
	err = kept.names.err != 0 ? kept.names.err : take_kept(h, &kept, &g);
	buf_free(&kept.names);
	return err == ERR_NOMEM ? err : 0;
}

static int
look_at_file(struct handins *h, const char *name)
{
	LOCAL_BUF path = BUF_INIT, stem = BUF_INIT;
	struct work w = WORK_INIT;
	int err;

	if (!str_ends(str_of(name), ".rung") || is_known(h, name))
		return 0;
	err = handins_put_path(h, name, &path);
	if (err == 0)
		err = read_head(buf_cstr(&path), &w);
	if (err == 0 && w.answers.lab != NULL && w.student != NULL) {
		handin_put_stem(w.answers.lab, w.student, &stem);
		buf_putc(&stem, '.');
		err = stem.err;
		if (err == 0 && str_starts(str_of(name), buf_cstr(&stem)))
			err = take_unknown(h, name, w.student);
	}
	work_free(&w);
	return err;
}

int
handins_numbers_load(struct handins *h)
{
	LOCAL_BUF path = BUF_INIT, all = BUF_INIT;
	struct folder_names names = FOLDER_NAMES_INIT;
	int err = handins_put_path(h, HANDINS_NUMBERS, &path);

	if (err == 0)
		err = buf_read_file(&all, buf_cstr(&path), NUMBERS_SIZE);
	if (err == ERR_IO || err == ERR_LIMIT) {
		if (err == ERR_LIMIT || errno != ENOENT)
			buf_printf(&h->trouble,
			    _("the records of numbers can't be read: %s"),
			    err == ERR_IO ? err_system(errno) : err_text(err));
		buf_clear(&all);
		err = 0;
	}
	if (err == 0)
		err = take_lines(h, buf_view(&all));
	if (err == 0)
		err = folder_names_read(&names, h->folder);
	for (size_t i = 0; err == 0 && i < names.n; i++)
		err = look_at_file(h, names.names[i]);
	folder_names_free(&names);
	return err == ERR_NOMEM ? err : 0;
}
