/*
 * The firmware of handsets among a run's inputs.  A trace keeps its hash, not
 * its bytes: a run made again from a trace wants the same file, and says so
 * where it finds another.
 */
#include "inputs/inputs.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "roles/handset/handset_image.h"
#include "text/json_fields.h"

#include <string.h>

#define FIRMWARES 1000 /* of one run */

static struct input_firmware *
find_known_firmware(const struct inputs *in, const char *name)
{
	for (size_t i = 0; i < in->nfirmware; i++)
		if (strcmp(in->firmware[i].name, name) == 0)
			return &in->firmware[i];
	return NULL;
}

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
	struct buf bytes = BUF_INIT;
	uint64_t hash;
	int err = 0;

	if (f != NULL && f->bytes.n > 0) {
		*image = buf_view(&f->bytes);
		return 0;
	}
	err = fetch_image(in, name, &bytes, image, d);
	if (err != 0) {
		buf_free(&bytes);
		return err;
	}
	hash = str_hash(*image);
	if (f == NULL) {
		err = inputs_know_firmware(in, name, hash);
		if (err != 0)
			diag_set(d, err, NULL, 0, "%s", err_text(err));
		f = err == 0 ? find_known_firmware(in, name) : NULL;
	} else if (f->hash != hash) {
		err = diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    name[0] == '\0'
			? _("this trace was made with another version of "
			    "rung's firmware")
			: _("the firmware “%s” is not the one that this "
			    "trace was made with"),
		    name);
	}
	if (err == 0)
		f->bytes = bytes;
	else
		buf_free(&bytes);
	return err;
}

static const struct field firmware_fields[] = {
	FIELD(struct input_firmware, name, TEXT, "the file's; \"\": rung's own",
	    .flags = FIELD_NEEDED),
	FIELD(struct input_firmware, hash, HASH, "of its bytes",
	    .flags = FIELD_NEEDED),
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
