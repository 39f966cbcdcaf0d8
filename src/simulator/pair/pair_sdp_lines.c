/* The lines of a description that is passed on. */
#include "pair/pair_sdp_in.h"

struct str
pair_sdp_line(struct str *rest)
{
	ptrdiff_t end = str_chr(*rest, '\n');
	size_t n = end < 0 ? rest->n : (size_t)end + 1;
	struct str line = str_slice(*rest, 0, n);

	*rest = str_slice(*rest, n, rest->n);
	return line;
}

struct str
pair_sdp_part(struct str *rest)
{
	struct str at = *rest, part;

	if (str_starts(at, "m="))
		pair_sdp_line(&at);
	while (at.n > 0 && !str_starts(at, "m="))
		pair_sdp_line(&at);
	part = str_slice(*rest, 0, rest->n - at.n);
	*rest = at;
	return part;
}

struct str
pair_sdp_section(struct str text, int i)
{
	struct str part = STR_NULL;

	if (i < 0)
		return part;
	pair_sdp_part(&text);
	while (i-- >= 0)
		part = pair_sdp_part(&text);
	return part;
}

struct str
pair_sdp_formats(struct str line, struct str *head)
{
	struct str rest, formats;

	line = str_trim(line);
	str_cut(line, ' ', &rest);
	str_cut(rest, ' ', &rest);
	str_cut(rest, ' ', &formats);
	*head = str_trim(str_slice(line, 0, line.n - formats.n));
	return formats;
}

bool
pair_codec_has(struct str formats, unsigned number)
{
	uint32_t n;

	while (formats.n > 0)
		if (str_u32(str_cut(formats, ' ', &formats), &n) == 0 &&
		    n == number)
			return true;
	return false;
}

bool
pair_sdp_has_format(struct str section, unsigned number)
{
	struct str head;

	return pair_codec_has(
	    pair_sdp_formats(pair_sdp_line(&section), &head), number);
}
