/* What a run is made of, from files; what it names is found beside them. */
#include "inputs/inputs.h"

#include "text/charset.h"
#include "base/err.h"
#include "base/gzip.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/page_file.h"
#include "inputs/share.h"
#include "trace/page_link.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRMWARE_MAX (16u << 20) /* bytes of a file */
/* What all arrivals may have, in base64, with room for their other members. */
#define ARRIVALS_FILE_MAX (1u << 30)

static int
inputs_read_text(const char *path, struct buf *text, struct diag *d)
{
	int err = diag_read_file(text, path, INPUTS_TEXT_MAX, d);

	return err == 0 ? charset_check(buf_view(text), path, d) : err;
}

static bool
exists(const char *path)
{
	return access(path, R_OK) == 0;
}

/* The topology or program NAME: beside the script, in topologies/ beside the
 * labs, or in the one that is shared.  0 and PATH, or an error. */
static int
find_named_file(const struct inputs *in, const char *name, struct buf *path)
{
	/* A lab lies in labs/NAME, topologies beside labs. */
	static const char *const beside[] = { "", "/../topologies",
		"/../../topologies" };
	LOCAL_BUF folder = BUF_INIT;
	int err = ERR_NOTFOUND;

	if (!inside_name(name))
		return ERR_RANGE;
	for (size_t i = 0; err == ERR_NOTFOUND && i < 3; i++) {
		buf_clear(&folder);
		buf_printf(&folder, "%s%s",
		    in->folder != NULL ? in->folder : ".", beside[i]);
		err = folder.err != 0
			  ? folder.err
			  : inside_path(buf_cstr(&folder), name, path);
	}
	if (err == ERR_NOTFOUND) {
		buf_clear(&folder);
		buf_printf(&folder, "topologies/%s", name);
		buf_clear(path);
		err = folder.err != 0 ? folder.err
				      : share_find(buf_cstr(&folder), path);
	}
	return err;
}

/* A text that is found where topologies are, and the sentence where it is
 * missing.
 */
static const struct {
	const char *missing, *outside;
} named_texts[] = {
	[INPUTS_TOPOLOGY] = {
		N_("there is no topology “%s”, neither next to the script nor in topologies/"),
		N_("the topology “%s” must be next to the script, below it, or in topologies/, and must not be a link to another place"),
	},
	[INPUTS_ZONE] = {
		N_("there is no zone “%s”, neither next to the script nor in topologies/"),
		N_("the zone “%s” must be next to the script, below it, or in topologies/, and must not be a link to another place"),
	},
	[INPUTS_SOUND] = {
		N_("there is no sound “%s”, neither next to the script nor in topologies/"),
		N_("the sound “%s” must be next to the script, below it, or in topologies/, and must not be a link to another place"),
	},
	[INPUTS_PROGRAM] = {
		N_("there is no program “%s”, neither next to the script nor in topologies/"),
		N_("the program “%s” must be next to the script, below it, or in topologies/, and must not be a link to another place"),
	},
};

/* What NAME is meant to be: of the script's own folder, else of rung's. */
static void
say_near(const struct inputs *in, const char *name, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT, near = BUF_INIT;
	const char *slash;

	/* A lab's name is that of its topology without the ending. */
	buf_printf(&near, "%s.gv", name);
	if (find_named_file(in, buf_cstr(&near), &path) == 0) {
		diag_meant(d, ERR_NOTFOUND, buf_cstr(&near));
		return;
	}
	buf_clear(&near);
	buf_clear(&path);
	buf_printf(&path, "%s/%s", in->folder != NULL ? in->folder : ".", name);
	if (share_nearest(buf_cstr(&path), &near) == 0 && near.n > 0 &&
	    (slash = strrchr(buf_cstr(&near), '/')) != NULL)
		diag_meant(d, ERR_NOTFOUND, slash + 1);
	else
		share_meant(d, ERR_NOTFOUND, name);
}

static int
supply_text(const struct inputs *in, enum inputs_named what, const char *name,
    struct buf *text, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	int err = find_named_file(in, name, &path);

	if (err == ERR_NOTFOUND) {
		diag_set(d, err, NULL, 0, _(named_texts[what].missing), name);
		say_near(in, name, d);
	} else if (err == ERR_RANGE)
		diag_set(d, err, NULL, 0, _(named_texts[what].outside), name);
	else
		diag_fail(d, err);
	if (err == 0)
		err = what == INPUTS_SOUND
			  ? diag_read_file(
				text, buf_cstr(&path), INPUTS_SOUND_MAX, d)
			  : inputs_read_text(buf_cstr(&path), text, d);
	return err;
}

static int
supply_firmware(
    const struct inputs *in, const char *name, struct buf *out, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	int err;

	err = inside_path(in->folder != NULL ? in->folder : ".", name, &path);
	if (err == ERR_RANGE)
		diag_set(d, err, NULL, 0,
		    _("the firmware “%s” must be next to the topology or below "
		      "it, and must not be a link to another place"),
		    name);
	err = err == ERR_NOTFOUND ? ERR_IO : err; /* errno says more */
	if (err == 0)
		err = buf_read_file(out, buf_cstr(&path), FIRMWARE_MAX);
	if (err == ERR_IO)
		diag_set(d, err, NULL, 0, _("the firmware “%s”: %s"), name,
		    err_system(errno));
	else if (err == 0 && out->n == 0)
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the firmware “%s”: %s"), name, _("is empty"));
	else if (err == ERR_LIMIT)
		diag_set(d, err, NULL, 0,
		    _("the firmware “%s” is longer than %u MB"), name,
		    FIRMWARE_MAX >> 20);
	else
		diag_fail(d, err);
	return err;
}

/* Uncompressed. */
static int
supply_arrivals(const char *file, struct buf *text, struct diag *d)
{
	struct trace *t;
	int err = diag_read_file(text, file, ARRIVALS_FILE_MAX, d);

	if (err != 0 || !gunzip_is(buf_view(text)))
		return err;
	err = trace_load_buf(&t, text, file, d);
	if (err != 0)
		return err;
	for (uint64_t seq = 0; seq <= trace_count(t); seq++) {
		buf_str(text, trace_line(t, seq));
		buf_putc(text, '\n');
	}
	trace_destroy(t);
	return text->err;
}

static int
supply_folder(const char *lab, struct buf *out, struct diag *d)
{
	LOCAL_BUF name = BUF_INIT;
	int err;

	buf_printf(&name, "labs/%s", lab);
	err = name.err != 0 ? name.err : share_find(buf_cstr(&name), out);
	if (err == ERR_NOTFOUND) {
		diag_set(d, err, NULL, 0,
		    _("there is no lab “%s”; rung labs lists the labs"), lab);
		share_meant(d, err, lab);
	}
	return diag_fail(d, err);
}

static int
supply_from_files(const struct inputs *in, enum inputs_named what,
    const char *name, struct buf *out, struct diag *d)
{
	if (what == INPUTS_ARRIVALS)
		return supply_arrivals(name, out, d);
	if (what == INPUTS_FOLDER)
		return supply_folder(name, out, d);
	return what == INPUTS_FIRMWARE ? supply_firmware(in, name, out, d)
				       : supply_text(in, what, name, out, d);
}

void
inputs_use_files(struct inputs *in)
{
	in->supply = supply_from_files;
}

/* FOLDER's script is a lab's: what people have written next to it stays. */
static int
inputs_take_lab(struct inputs *in, const char *folder)
{
	page_file_note_all(folder);
	return inputs_name_lab(in, folder);
}

static int
from_folder(struct inputs *in, const char *folder, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT;
	int err;

	err = inside_path(folder, INPUTS_LAB, &path);
	if (err != 0) {
		if (err == ERR_NOTFOUND && errno != ENOENT)
			return diag_set(d, ERR_IO, buf_cstr(&path), 0, "%s",
			    err_system(errno));
		if (err == ERR_NOTFOUND)
			return share_no_lab(folder, d);
		return diag_set(d, err, folder, 0, "%s",
		    err == ERR_RANGE ? _("is not a lab: its lab.lua is a link "
					 "to another place")
				     : err_text(err));
	}
	in->folder = mem_strdup(folder);
	in->script_file = mem_strdup(INPUTS_LAB);
	err = inputs_read_text(buf_cstr(&path), &text, d);
	if (err == 0) {
		in->script = inputs_text_of(&text);
		err = inputs_take_lab(in, folder);
	}
	if (err == 0 && (in->folder == NULL || in->script_file == NULL ||
			    in->script == NULL))
		err = ERR_NOMEM;
	return err;
}

static bool
is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A lab's name alone is found among the labs. */
static int
find_input(const char *file, struct buf *path)
{
	if (strcmp(file, "-") == 0 || exists(file) ||
	    strchr(file, '/') != NULL || share_find_input(file, path) != 0) {
		buf_clear(path);
		buf_puts(path, file);
	}
	return path->err;
}

static int
from_text(struct inputs *in, struct buf *text, const char *file, struct diag *d)
{
	struct trace *t;
	int err;

	if (gunzip_is(buf_view(text)) && trace_is_begin(buf_view(text))) {
		err = trace_load_buf(&t, text, file, d);
		if (err == 0) {
			err = inputs_from_head(in, t, file, d);
			trace_destroy(t);
		}
		return err;
	}
	err = inputs_take_text(in, file, text, d);
	if (err == 0 && in->lab != NULL && in->folder != NULL &&
	    in->script_file != NULL && strcmp(in->script_file, INPUTS_LAB) == 0)
		page_file_note_all(in->folder);
	return err;
}

/* NAME is that of a lesson plan. */
static bool
inputs_is_plan(const char *name)
{
	LOCAL_BUF plan = BUF_INIT, path = BUF_INIT;

	buf_printf(&plan, "labs/plans/%s.md", name);
	return strchr(name, '/') == NULL && plan.err == 0 &&
	       share_find(buf_cstr(&plan), &path) == 0;
}

/* Only a trace may be long; standard input may be one. */
static size_t
longest(const char *path)
{
	return trace_is_file(path) ? SIZE_MAX / 4 : INPUTS_TEXT_MAX;
}

/* There is no FILE: what may be meant, or where labs are looked for. */
static int
not_there(const char *file, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;
	int err = share_nearest(file, &text);

	if (err == 0 && inputs_is_plan(file)) {
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s is a lesson plan; rung worksheet %s prints its "
		      "tasks"),
		    file, file);
	} else if (err == 0 && text.n > 0) {
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no “%s”; did you mean “%s”?"), file,
		    buf_cstr(&text));
	} else if (err == 0 && strchr(file, '#') != NULL) {
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no file “%s”, and the text after # is not a "
		      "link of rung, or it is incomplete"),
		    file);
	} else if (err == 0 && strchr(file, '/') != NULL) {
		err = diag_set(d, ERR_NOTFOUND, file, 0, _("can't be read: %s"),
		    err_system(ENOENT));
	} else if (err == 0) {
		share_places(&text);
		err = diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no file “%s”, and no lab with that name in %s"),
		    file, buf_cstr(&text));
	}
	return err;
}

int
inputs_read(struct inputs *in, const char *file, struct diag *d)
{
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT;
	int err;

	memset(in, 0, sizeof(*in));
	in->detail = TRACE_PROTOCOL;
	if (file[0] == '\0')
		return diag_set(
		    d, ERR_SYNTAX, NULL, 0, _("the name of the FILE is empty"));
	inputs_use_files(in);
	if (page_link_is(str_of(file)))
		return inputs_take_link(in, str_of(file), d);
	err = find_input(file, &path);
	if (err == 0 && is_directory(buf_cstr(&path))) {
		err = from_folder(in, buf_cstr(&path), d);
	} else if (err == 0) {
		err = buf_read_file(
		    &text, buf_cstr(&path), longest(buf_cstr(&path)));
		if (err == ERR_IO && errno == ENOENT)
			err = not_there(file, d);
		else if (err == ERR_IO)
			diag_set(d, err, file, 0, _("can't be read: %s"),
			    err_system(errno));
		if (err == ERR_LIMIT)
			diag_set(d, err, file, 0, _("is longer than %u bytes"),
			    INPUTS_TEXT_MAX);
		if (err == 0)
			err = from_text(in, &text, buf_cstr(&path), d);
	}
	inputs_use_files(in);
	diag_fail_file(d, err, file);
	return err;
}

int
inputs_from_trace(
    struct inputs *in, const struct trace *t, const char *file, struct diag *d)
{
	int err = inputs_from_head(in, t, file, d);

	inputs_use_files(in);
	return err;
}

bool
inputs_is_program_file(const char *folder, const char *name)
{
	LOCAL_BUF path = BUF_INIT, text = BUF_INIT;
	bool is = false;

	if (str_ends(str_of(name), ".lua") &&
	    inside_path(folder, name, &path) == 0 &&
	    buf_read_file(&text, buf_cstr(&path), INPUTS_TEXT_MAX) == 0)
		is = inputs_is_program(buf_view(&text));
	return is;
}
