/*
 * Files among a run's inputs beside its topology and script: programs of nodes,
 * firmware of handsets, what phones say.
 */
#include "inputs/inputs.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "node/menu_program.h"
#include "node/script_host.h"
#include "roles/handset/handset_image.h"
#include "script/lua_names.h"
#include "sound/samples.h"
#include "sound/wav.h"
#include "text/json.h"
#include "text/json_fields.h"

#include <string.h>

/* ---- The firmware of handsets ---- */

#define FIRMWARES 1000 /* of one run */

static struct input_firmware *
find_known_firmware(const struct inputs *in, const char *name)
{
	for (size_t i = 0; i < in->nfirmware; i++)
		if (strcmp(in->firmware[i].name, name) == 0)
			return &in->firmware[i];
	return NULL;
}

/* A trace keeps the firmware's hash, not its bytes: a run made again from a
 * trace wants the same file, and reports if it finds another. */
int
inputs_know_firmware(struct inputs *in, const char *name, uint64_t hash)
{
	struct input_firmware *f;

	if (ARRAY_RESIZE(&in->firmware, in->nfirmware + 1) != 0)
		return ERR_NOMEM;
	f = &in->firmware[in->nfirmware];
	*f = (struct input_firmware){ .name = mem_strdup(name), .hash = hash };
	if (f->name == NULL)
		return ERR_NOMEM;
	in->nfirmware++;
	return 0;
}

/* The bytes of NAME; OUT holds those of a file. */
static int
fetch_image(struct inputs *in, const char *name, struct buf *out,
    struct str *image, struct diag *d)
{
	int err = 0;

	if (name[0] == '\0') {
		*image = handset_image();
	} else {
		err = inputs_supply(in, INPUTS_FIRMWARE, name, out, d);
		*image = buf_view(out);
	}
	return err;
}

int
inputs_get_firmware(
    struct inputs *in, const char *name, struct str *image, struct diag *d)
{
	struct input_firmware *f = find_known_firmware(in, name);
	LOCAL_BUF bytes = BUF_INIT;
	uint64_t hash;
	int err = 0;

	if (f != NULL && f->bytes.n > 0) {
		*image = buf_view(&f->bytes);
		return 0;
	}
	err = fetch_image(in, name, &bytes, image, d);
	if (err != 0)
		return err;
	hash = str_hash(*image);
	if (f == NULL) {
		err = inputs_know_firmware(in, name, hash);
		diag_fail(d, err);
		f = err == 0 ? find_known_firmware(in, name) : NULL;
	} else if (f->hash != hash) {
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    name[0] == '\0'
			? _("this trace was made with another version of "
			    "rung's firmware")
			: _("the firmware “%s” differs from the one with which "
			    "this trace was made"),
		    name);
	}
	if (err == 0)
		buf_move(&f->bytes, &bytes);
	return err;
}

static const struct field firmware_fields[] = {
	NEEDED_FIELD(
	    struct input_firmware, name, TEXT, "the file's; \"\": rung's own"),
	NEEDED_FIELD(struct input_firmware, hash, HASH, "of its bytes"),
	FIELDS_END,
};

void
inputs_write_firmware(const struct inputs *in, struct buf *json)
{
	json_open(json, "firmware", '[');
	for (size_t i = 0; i < in->nfirmware; i++) {
		json_put_item(json);
		json_put_object(firmware_fields, &in->firmware[i], json);
	}
	buf_putc(json, ']');
}

int
inputs_read_firmware(struct inputs *in, struct json_value list)
{
	struct json_value v;
	size_t at = 0;
	int err = json_is_list(list) ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(list, &at, &v)) {
		struct input_firmware f = { .name = NULL };

		err = json_take_fields(firmware_fields, v, &f);
		if (err == 0 && in->nfirmware == FIRMWARES)
			err = ERR_SYNTAX;
		if (err == 0)
			err = inputs_know_firmware(in, f.name, f.hash);
		mem_free(f.name);
	}
	return err;
}

void
inputs_free_firmware(struct inputs *in)
{
	for (size_t i = 0; i < in->nfirmware; i++) {
		mem_free(in->firmware[i].name);
		buf_free(&in->firmware[i].bytes);
	}
	mem_free(in->firmware);
}

/* ---- What phones say (sound=FILE.wav) ---- */

#define SECONDS 20 /* of a longer file the first */

/* The WAV file in B becomes a text: its first seconds, 8,000 samples a second
 * of one channel, in base64.  0, or an error with its sentence about NAME. */
static int
make_sound_text(struct buf *b, const char *name, struct diag *d)
{
	LOCAL_BUF wav = BUF_INIT;
	const char *why = "";
	LOCAL_MEM int16_t *samples = NULL;
	size_t n;
	int err = wav_read(buf_view(b), &samples, &n, &why);

	if (err != 0)
		return diag_set(d, err, name, 0, "%s", _(why));
	n = n < SECONDS * SOUND_RATE ? n : SECONDS * SOUND_RATE;
	wav_write_head(&wav, 1, n);
	err = wav_write_samples(&wav, samples, NULL, n);
	buf_clear(b);
	json_put_base64(b, buf_view(&wav));
	return err != 0 ? err : b->err;
}

/* ---- Programs: texts of files ---- */

/* Of one run: files that decide in a node's place (route=FILE), zones that it
 * serves (zone=FILE), sounds (sound=FILE.wav).  A trace keeps them whole, as it
 * keeps the topology, so that it alone can be run again. */
#define PROGRAMS 1000

static const struct input_program *
find_known_program(const struct inputs *in, const char *name)
{
	for (size_t i = 0; i < in->nprograms; i++)
		if (strcmp(in->programs[i].file, name) == 0)
			return &in->programs[i];
	return NULL;
}

int
inputs_know_program(struct inputs *in, const char *name, const char *text)
{
	struct input_program *p;

	if (in->nprograms == PROGRAMS)
		return ERR_LIMIT;
	if (ARRAY_RESIZE(&in->programs, in->nprograms + 1) != 0)
		return ERR_NOMEM;
	p = &in->programs[in->nprograms];
	p->file = mem_strdup(name);
	p->text = mem_strdup(text);
	if (p->file == NULL || p->text == NULL) {
		mem_free(p->file);
		mem_free(p->text);
		return ERR_NOMEM;
	}
	in->nprograms++;
	return 0;
}

int
inputs_get_program(struct inputs *in, enum inputs_named what, const char *name,
    const char **text, struct diag *d)
{
	const struct input_program *p = find_known_program(in, name);
	LOCAL_BUF b = BUF_INIT;
	char *read = NULL;
	int err = 0;

	if (p == NULL) {
		err = inputs_supply(in, what, name, &b, d);
		if (err == 0 && what == INPUTS_SOUND)
			err = make_sound_text(&b, name, d);
		if (err == 0 && b.n > INPUTS_TEXT_MAX)
			err = diag_set(d, ERR_LIMIT, name, 0,
			    _("is longer than %u bytes"), INPUTS_TEXT_MAX);
		if (err == 0 && b.n > 0 && memchr(b.p, '\0', b.n) != NULL)
			err = diag_set(d, ERR_SYNTAX, name, 0,
			    _("is not a text: it contains a zero byte"));
		if (err == 0 && (read = inputs_text_of(&b)) == NULL)
			err = ERR_NOMEM;
		if (err == 0)
			err = inputs_know_program(in, name, read);
		p = find_known_program(in, name);
	}
	mem_free(read);
	*text = err == 0 ? p->text : NULL;
	return diag_fail(d, err);
}

static const struct field program_fields[] = {
	NEEDED_FIELD(
	    struct input_program, file, TEXT, "as the topology names it"),
	NEEDED_FIELD(struct input_program, text, TEXT, "all of it"),
	FIELDS_END,
};

void
inputs_write_programs(const struct inputs *in, struct buf *json)
{
	json_open(json, "programs", '[');
	for (size_t i = 0; i < in->nprograms; i++) {
		json_put_item(json);
		json_put_object(program_fields, &in->programs[i], json);
	}
	buf_putc(json, ']');
}

int
inputs_read_programs(struct inputs *in, struct json_value list)
{
	struct json_value v;
	size_t at = 0;
	int err = json_is_list(list) ? 0 : ERR_SYNTAX;

	while (err == 0 && json_item(list, &at, &v)) {
		struct input_program p = { .file = NULL };

		err = json_take_fields(program_fields, v, &p);
		if (err == 0)
			err = inputs_know_program(in, p.file, p.text);
		mem_free(p.file);
		mem_free(p.text);
	}
	return err == ERR_LIMIT ? ERR_SYNTAX : err;
}

void
inputs_free_programs(struct inputs *in)
{
	for (size_t i = 0; i < in->nprograms; i++) {
		mem_free(in->programs[i].file);
		mem_free(in->programs[i].text);
	}
	mem_free(in->programs);
}

bool
inputs_same_programs(struct inputs *a, const struct inputs *b)
{
	for (size_t i = 0; i < b->nprograms; i++) {
		const char *file = b->programs[i].file, *text;
		struct diag d = DIAG_INIT;
		enum inputs_named what =
		    wav_is_named(str_of(file)) ? INPUTS_SOUND : INPUTS_PROGRAM;

		if (inputs_get_program(a, what, file, &text, &d) == 0 &&
		    strcmp(text, b->programs[i].text) != 0)
			return false;
	}
	return true;
}

/* NAME is that of a function that a node calls in its program. */
static bool
input_program_is_asked(struct str name)
{
	for (unsigned e = 0; e < PROGRAM_EVENT_COUNT; e++)
		if (str_is(name, program_event_name(e)))
			return true;
	for (unsigned e = 0; e < SCRIPT_EVENT_COUNT; e++)
		if (str_is(name, script_event_name(e)))
			return true;
	for (unsigned e = 0; e < MENU_EVENT_COUNT; e++)
		if (str_is(name, menu_event_name(e)))
			return true;
	return false;
}

bool
inputs_is_program(struct str text)
{
	struct lua_scan s = { .text = text };
	bool defines = false, after = false;
	struct str before = STR_NULL;

	while (lua_scan_next(&s)) {
		/* lab { … } or lab(…) */
		if (str_is(before, "lab") && (s.punct == '{' || s.punct == '('))
			return false;
		defines |= after && input_program_is_asked(s.name);
		after = str_is(s.name, "function");
		before = s.name;
	}
	return defines;
}
