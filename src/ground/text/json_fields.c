/* Structs as objects of JSON. */
#include "text/json_fields.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/utf8.h"

/* ---- writing ---- */

static void
put_json_member(const struct field *f, const void *of, struct buf *out)
{
	switch (f->kind) {
	case FIELD_FLAG:
		json_put_bool(out, f->key, !field_is_empty(f, of));
		break;
	case FIELD_NUMBER:
		json_put_int(out, f->key, field_number(f, of));
		break;
	case FIELD_HUNDREDTHS:
		json_put_key(out, f->key);
		buf_hundredths(out, (uint64_t)field_number(f, of));
		break;
	case FIELD_HASH:
		json_put_hash(out, f->key, (uint64_t)field_number(f, of));
		break;
	default:
		json_put_field(out, f->key, field_str(f, of));
		break;
	}
}

void
json_put_fields(const struct field *rows, const void *of, struct buf *out)
{
	for (const struct field *f = rows; f->key != NULL; f++)
		if (!field_is_beside(f) &&
		    ((f->flags & FIELD_ANY) == 0 || !field_is_empty(f, of)))
			put_json_member(f, of, out);
}

void
json_put_object(const struct field *rows, const void *of, struct buf *out)
{
	buf_putc(out, '{');
	json_put_fields(rows, of, out);
	buf_putc(out, '}');
}

void
json_put_objects(struct buf *out, const char *key, size_t n,
    json_object_fn *put, const void *of)
{
	json_open(out, key, '[');
	for (size_t i = 0; i < n && out->err == 0; i++) {
		buf_puts(out, i > 0 ? ",\n" : "\n");
		put(of, i, out);
	}
	buf_putc(out, ']');
}

void
json_put_list(struct buf *out, const char *key, size_t n, json_object_fn *put,
    const void *of)
{
	buf_putc(out, '{');
	json_put_objects(out, key, n, put, of);
	buf_puts(out, "}\n");
}

/* ---- reading ---- */

/* Of those of so many rows the members are looked for at once. */
#define FIELDS_AT_ONCE 32

/* 7.5 is 750; more than 100,000 is an error. */
static int
take_hundredths(struct json_value v, unsigned *n)
{
	struct str whole, rest;
	uint32_t units, part = 0;

	if (v.type != JSON_NUMBER)
		return ERR_SYNTAX;
	whole = str_cut(v.raw, '.', &rest);
	if (str_u32(whole, &units) != 0 || units > 100000)
		return ERR_SYNTAX;
	if (rest.n > 0 && str_u32(str_slice(rest, 0, 2), &part) != 0)
		part = 0;
	*n = units * 100 + (rest.n == 1 ? part * 10 : part);
	return 0;
}

static int64_t
most_of(const struct field *f)
{
	return f->most != 0                  ? f->most
	       : f->size == sizeof(uint32_t) ? UINT32_MAX
					     : INT64_MAX;
}

static int
json_field_take_number(const struct field *f, struct json_value v, void *at)
{
	bool small = f->size == sizeof(uint32_t);
	uint32_t less;
	int64_t n;

	if (json_int(v, &n) != 0 || n < f->least || n > most_of(f))
		return ERR_SYNTAX;
	less = (uint32_t)n;
	memcpy(at, small ? (const void *)&less : (const void *)&n, f->size);
	return 0;
}

static int
json_field_take_word(const struct field *f, struct json_value v, void *at)
{
	struct str text;
	const char *word;

	if (json_plain(v, &text) != 0)
		return ERR_SYNTAX;
	for (unsigned i = 0; (word = f->word(i)) != NULL; i++)
		if (str_is(text, word)) {
			memcpy(at, &i, sizeof(i));
			return 0;
		}
	return ERR_SYNTAX;
}

static int
take_chars(const struct field *f, struct json_value v, char *at)
{
	LOCAL_BUF b = BUF_INIT;
	int err = json_cstr(v, &b);

	if (err == 0 && b.n >= f->size)
		err = ERR_SYNTAX;
	if (err == 0)
		memcpy(at, buf_cstr(&b), b.n + 1);
	return err;
}

/* V is an array of nothing but TYPE. */
static int
json_field_check_all(struct json_value v, enum json_type type)
{
	int err = v.type == JSON_ARRAY ? 0 : ERR_SYNTAX;
	struct json_value item;
	size_t at = 0;

	while (err == 0 && json_item(v, &at, &item))
		err = item.type == type ? 0 : ERR_SYNTAX;
	return err;
}

static int
json_field_take_value(const struct field *f, struct json_value v, void *at)
{
	switch (f->kind) {
	case FIELD_TEXT:
		/* One that must be right does not end at a NUL. */
		return (f->flags & (FIELD_NEEDED | FIELD_RIGHT)) != 0
			   ? json_strdup(v, at)
			   : json_copy(v, at);
	case FIELD_LINE:
		return json_copy_safe(v, at);
	case FIELD_BUF:
		buf_clear(at);
		return json_text(v, at);
	case FIELD_CHARS:
		return take_chars(f, v, at);
	case FIELD_FLAG:
		if (v.type != JSON_BOOL)
			return ERR_SYNTAX;
		*(bool *)at = json_is_true(v);
		return 0;
	case FIELD_NUMBER:
		return json_field_take_number(f, v, at);
	case FIELD_HUNDREDTHS:
		return take_hundredths(v, at);
	case FIELD_HASH:
		return json_hash(v, at);
	case FIELD_WORD:
		return json_field_take_word(f, v, at);
	case FIELD_STRINGS:
		return json_field_check_all(v, JSON_STRING);
	case FIELD_OBJECTS:
		return json_field_check_all(v, JSON_OBJECT);
	case FIELD_OBJECT:
		return v.type == JSON_OBJECT ? 0 : ERR_SYNTAX;
	default:
		return 0;
	}
}

static int
json_field_take(const struct field *f, struct json_value v, void *of)
{
	bool must = (f->flags & FIELD_NEEDED) != 0 ||
		    ((f->flags & FIELD_RIGHT) != 0 && v.type != JSON_NONE);
	int err = (f->flags & FIELD_TOLD) == 0
		      ? json_field_take_value(f, v, (char *)of + f->at)
		      : 0;

	return err == ERR_NOMEM || err == 0 ? err : must ? ERR_SYNTAX : 0;
}

int
json_take_fields_amiss(const struct field *rows, struct json_value object,
    void *of, const struct field **amiss)
{
	struct str keys[FIELDS_AT_ONCE];
	struct json_value values[FIELDS_AT_ONCE];
	struct str raw = object.type == JSON_OBJECT ? object.raw : STR_NULL;
	const struct field *f = rows;
	int err = 0;

	while (err == 0 && f->key != NULL) {
		size_t n = 0;

		for (; n < FIELDS_AT_ONCE && f[n].key != NULL; n++)
			keys[n] = str_of(f[n].key);
		json_members(raw, keys, n, values);
		for (size_t i = 0; err == 0 && i < n; i++)
			err = json_field_take(f++, values[i], of);
	}
	*amiss = err != 0 ? f - 1 : NULL;
	return err;
}

int
json_take_fields(const struct field *rows, struct json_value object, void *of)
{
	const struct field *amiss;

	return json_take_fields_amiss(rows, object, of, &amiss);
}

/* Of what was given so much is told. */
#define CELLS_TOLD 40

int
json_tell_amiss(const struct field *f, struct json_value v, struct diag *d)
{
	static const char *const kinds[] = {
		[FIELD_TEXT] = N_("a string"),
		[FIELD_FLAG] = N_("true or false"),
		[FIELD_NUMBER] = N_("a number"),
		[FIELD_STRINGS] = N_("an array of strings"),
		[FIELD_OBJECT] = N_("an object"),
		[FIELD_OBJECTS] = N_("an array of objects"),
	};
	struct str raw = utf8_clip(v.raw, CELLS_TOLD);
	const char *kind = f->kind < COUNT_OF(kinds) ? kinds[f->kind] : "";
	char words[200] = "";

	if (f->kind == FIELD_TEXT && v.type == JSON_STRING)
		kind = N_("a string without \\u0000");
	for (unsigned i = 0; f->word != NULL && f->word(i) != NULL; i++) {
		str_join(words, sizeof(words), strlen(words), STR(", "));
		str_join(
		    words, sizeof(words), strlen(words), str_of(f->word(i)));
	}
	if (f->kind == FIELD_NUMBER && v.type == JSON_NUMBER)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("%s: a number from %lld to %lld is expected, not %.*s"),
		    f->key, (long long)f->least, (long long)most_of(f),
		    STR_ARG(raw));
	diag_set(d, ERR_SYNTAX, NULL, 0,
	    f->word != NULL
		? /* TRANSLATORS: a name, the words it may have, another one */
		_("%s: one of %s is expected, not %.*s")
		: /* TRANSLATORS: a name, what it is to be, what was given */
		_("%s: %s is expected, not %.*s"),
	    f->key, f->word != NULL ? words + 2 : i18n_text(kind),
	    STR_ARG(raw));
	return diag_near(d, ERR_SYNTAX, str_slice(raw, 1, raw.n - 1), words);
}

void
json_put_wrong(struct buf *out, int err, const struct diag *d)
{
	static const char *const kinds[] = {
#define X(id, text) #id,
		ERR_TABLE(X)
#undef X
	};

	json_put_field(out, "wrong",
	    d->err != 0 ? str_of(d->text) : str_of(err_text(err)));
	json_put_field(out, "kind",
	    str_of(err > 0 && err < ERR_COUNT ? kinds[err] : "STATE"));
	if (d->file[0] != '\0')
		json_put_field(out, "file", str_of(d->file));
	if (d->line > 0)
		json_put_int(out, "line", d->line);
}

void
json_free_fields(const struct field *rows, void *of)
{
	for (const struct field *f = rows; f->key != NULL; f++)
		if (f->kind == FIELD_TEXT || f->kind == FIELD_LINE)
			mem_free(*(char **)(void *)((char *)of + f->at));
}
