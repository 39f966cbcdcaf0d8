# The pages of make site (build.sh): labs as rung lists them, sums, sizes, and a line
# for each document come in; cmark-gfm makes the HTML of each, and its links lead to
# pages here, which lie as the documents do.  A link that would lead nowhere ends it.
#
#	awk -v site=FOLDER -f site.awk LABS.en LABS.zh SHA256SUMS SIZES PAGES

function text_of(key, language) {
	return language == "zh" ? zh[key] : en[key]
}
function say(key, english, chinese) {
	en[key] = english
	zh[key] = chinese
}

BEGIN {
	hex = "0123456789ABCDEF"
	say("about", "rung simulates SIP networks and explains every message: run a call, step through it, " \
		"break the network, and ask of each message why it was sent.",
		"rung 仿真 SIP 网络，并解释每一条消息：运行一次呼叫，逐步查看，破坏网络，并对每条消息问一句为什么。")
	say("open", "Open rung", "打开 rung")
	say("openlab", "Open this lab in rung", "在 rung 中打开本实验")
	say("nothing", "It runs in this browser. Nothing is installed, nothing is sent.",
		"它在浏览器中运行：无需安装，也不发送任何内容。")
	say("labs", "Labs", "实验")
	say("level", "level", "级别")
	say("minutes", "minutes", "分钟")
	say("documents", "Documents", "文档")
	say("hour", "A student's first hour", "学生的第一个小时")
	say("class", "For teachers", "教师用")
	say("all", "All documents", "全部文档")
	say("others", "In English alone", "仅有英文")
	say("roles", "What each role does", "各角色（英文）")
	say("download", "Download", "下载")
	say("sums", "Sums of all files:", "全部文件的校验和：")
	say("file", "File", "文件")
	say("size", "Size", "大小")
	say("other", "中文", "English")
	say("start", "Start", "首页")
}

function escaped(s) {
	gsub(/&/, "\\&amp;", s)
	gsub(/</, "\\&lt;", s)
	gsub(/>/, "\\&gt;", s)
	gsub(/"/, "\\&quot;", s)
	return s
}

# Member KEY of an object that is one line of JSON as rung writes it.
function member(line, key,    s) {
	if (!match(line, "\"" key "\":\"([^\"\\\\]|\\\\.)*\""))
		return ""
	s = substr(line, RSTART + length(key) + 4, RLENGTH - length(key) - 5)
	gsub(/\\"/, "\"", s)
	gsub(/\\\//, "/", s)
	gsub(/\\\\/, "\\", s)
	return s
}

function folder_of(path) {
	return match(path, /.*\//) ? substr(path, 1, RLENGTH) : ""
}
# The way from the page TARGET up to the site's own folder.
function up_from(target,    n, up) {
	for (n = gsub(/\//, "/", target); n > 0; n--)
		up = up "../"
	return up
}
# PATH without "." and "..".
function plain(path,    n, part, i, out) {
	n = split(path, part, "/")
	for (i = 1; i <= n; i++) {
		if (part[i] == "..")
			sub(/[^\/]*\/$/, "", out)
		else if (part[i] != "." && part[i] != "")
			out = out part[i] (i < n ? "/" : "")
	}
	return out
}

# A mark with %E9%93%BE as the bytes that a heading's id has.
function decoded(mark,    out, byte) {
	while (match(mark, /%[0-9A-F][0-9A-F]/)) {
		byte = 16 * (index(hex, substr(mark, RSTART + 1, 1)) - 1) + index(hex, substr(mark, RSTART + 2, 1)) - 1
		out = out substr(mark, 1, RSTART - 1) sprintf("%c", byte)
		mark = substr(mark, RSTART + 3)
	}
	return out mark
}
# Where the link TO of a document leads in the site.
function link_to(source, to,    mark, at, there) {
	if (to == "" || to ~ /^(https?:|mailto:)/)
		return to
	if (match(to, /#.*/)) {
		mark = substr(to, RSTART)
		to = substr(to, 1, RSTART - 1)
		mark = decoded(mark)
	}
	if (to == "")
		return mark
	at = plain(folder_of(source) to)
	if (at in target_of) {
		there = target_of[at]
		sub(/[^\/]*$/, "", to)
		sub(/.*\//, "", there)
		return to there mark
	}
	if ((at "/") in is_folder || at in is_folder)
		return to (to ~ /\/$/ ? "" : "/") "index.html"
	if ((getline there < (site "/" at)) < 0) {
		print source ": " to " is not in the site" > "/dev/stderr"
		failed = 1
	}
	close(site "/" at)
	return to mark
}
function with_links(source, line,    out, to) {
	while (match(line, /(href|src)="[^"]*"/)) {
		out = out substr(line, 1, RSTART - 1)
		to = substr(line, RSTART, RLENGTH)
		line = substr(line, RSTART + RLENGTH)
		match(to, /"/)
		out = out substr(to, 1, RSTART) \
			link_to(source, substr(to, RSTART + 1, length(to) - RSTART - 1)) "\""
	}
	return out line
}
# A heading has the name by which others lead there.
function with_name(line,    name) {
	if (line !~ /^<h[1-6]>/)
		return line
	name = tolower(bare(line))
	gsub(/&[a-z]+;/, "", name)
	gsub(/[!-,.\/:-@[-^`{-~]/, "", name)
	gsub(/ /, "-", name)
	return substr(line, 1, 3) " id=\"" name "\"" substr(line, 4)
}
function bare(line) {
	gsub(/<[^>]*>/, "", line)
	return line
}

function begin_page(target, language, title, other,    up) {
	out = site "/" target
	up = up_from(target)
	printf "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n" \
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" \
		"<meta name=\"color-scheme\" content=\"light dark\">\n<title>%s</title>\n" \
		"<link rel=\"stylesheet\" href=\"%ssite.css\">\n</head>\n<body>\n<nav>" \
		"<a href=\"%s\">rung</a> <a href=\"%srung.html?lang=%s\">%s</a> " \
		"<a href=\"%s#labs\">%s</a> <a href=\"%s\">%s</a> <a lang=\"%s\" href=\"%s\">%s</a></nav>\n<main>\n",
		language == "zh" ? "zh-CN" : "en", title, up,
		up start_of(language), up, language, text_of("open", language),
		up start_of(language), text_of("labs", language),
		up documents_of(language), text_of("documents", language),
		language == "zh" ? "en" : "zh-CN", up other, text_of("other", language) > out
}
function end_page() {
	print "</main>\n</body>\n</html>" > out
	close(out)
}
function start_of(language) { return language == "zh" ? "index.zh.html" : "index.html" }
function documents_of(language) { return language == "zh" ? "docs/zh/index.html" : "docs/index.html" }

# The page that says the same in the other language, else where that begins.
function other_of(source, language,    s) {
	s = source
	if (language == "en" && sub(/^docs\//, "docs/zh/", s) + sub(/README\.md$/, "README.zh.md", s) == 0)
		return start_of("zh")
	if (language == "zh" && sub(/^docs\/zh\//, "docs/", s) + sub(/\.zh\.md$/, ".md", s) == 0)
		return start_of("en")
	return s in target_of ? target_of[s] : start_of(language == "zh" ? "en" : "zh")
}

function put_lab_door(lab, language) {
	printf "<p class=\"door\"><a class=\"button\" href=\"../../rung.html?lang=%s#lab=%s\">%s</a></p>\n",
		language, lab, text_of("openlab", language) > out
}
# What HTML is made of a document.  Lines of Chinese are joined without a blank.
function put_page(source, target, language, lab,    command, line, code, last, begun) {
	command = "cmark-gfm --to html -e table " source
	while ((command | getline line) > 0) {
		if (!begun && line ~ /^<h1>/) {
			begun = 1
			title[target] = bare(line)
			begin_page(target, language, title[target] " – rung", other_of(source, language))
			line = with_name(line)
			if (lab != "") {
				print line > out
				put_lab_door(lab, language)
				continue
			}
		}
		if (line ~ /<pre>/)
			code = 1
		if (!code)
			line = with_name(with_links(source, line))
		gsub(/<pre>/, "<pre tabindex=\"0\">", line)
		if (lab != "" && match(line, /(Time:|时间：)<\/strong> */)) {
			split(substr(line, RSTART + RLENGTH), number, /[^0-9]+/)
			minutes[lab] = number[1]
			level[lab] = number[2]
		}
		# Facts of a handout have lines of their own.
		if (lab != "" && !code && line ~ /^<strong>/)
			line = "<br>" line
		if (language == "zh" && !code && last ~ /[\200-\377]$/ && line ~ /^[\200-\377]/)
			printf "%s", line > out
		else
			printf "\n%s", line > out
		last = line
		if (line ~ /<\/pre>/)
			code = 0
	}
	if (close(command) != 0 || !begun) {
		print source ": no page comes of it" > "/dev/stderr"
		failed = 1
	}
	print "" > out
	end_page()
}

# ---- what comes in ----

FNR == 1 { part++ }
part <= 2 && /^\{"name"/ {
	language = part == 1 ? "en" : "zh"
	name = member($0, "name")
	if (part == 1)
		labs[++lab_count] = name
	group_of[language, name] = member($0, "group")
	title_of[language, name] = member($0, "title")
	text_in[language, name] = member($0, "text")
}
part == 3 {
	sums[++sum_count] = $1
	files[sum_count] = substr($0, length($1) + 3)
}
part == 4 { sizes[FNR] = $1 }
part == 5 {
	sources[++page_count] = $1
	target_of[$1] = $2
	language_of[$1] = $3
	lab_of[$1] = $4
	is_folder[folder_of($1)] = 1
}

# ---- what leads there ----

# The documents of FOLDER whose language that is, as a list; in a page at TARGET.
function put_list(folder, language, target,    i, s) {
	print "<ul class=\"list\">" > out
	for (i = 1; i <= page_count; i++) {
		s = sources[i]
		if (folder_of(s) == folder && language_of[s] == language)
			printf "<li><a href=\"%s\">%s</a></li>\n", up_from(target) target_of[s],
				title[target_of[s]] > out
	}
	print "</ul>" > out
}
function put_documents(language,    target, i, s) {
	target = documents_of(language)
	begin_page(target, language, text_of("documents", language) " – rung",
		documents_of(language == "zh" ? "en" : "zh"))
	printf "<h1>%s</h1>\n", text_of("documents", language) > out
	put_list(language == "zh" ? "docs/zh/" : "docs/", language, target)
	if (language == "zh") {
		printf "<h2>%s</h2>\n<ul class=\"list\">\n", text_of("others", language) > out
		for (i = 1; i <= page_count; i++) {
			s = sources[i]
			if (folder_of(s) == "docs/" && other_of(s, "en") == start_of("zh"))
				printf "<li lang=\"en\"><a href=\"../../%s\">%s</a></li>\n", target_of[s],
					title[target_of[s]] > out
		}
		print "</ul>" > out
	}
	printf "<h2><a href=\"%sdocs/roles/index.html\">%s</a></h2>\n", up_from(target),
		text_of("roles", language) > out
	end_page()
}
function put_folder(folder, heading,    target) {
	target = folder "index.html"
	begin_page(target, "en", heading " – rung", start_of("zh"))
	printf "<h1>%s</h1>\n", heading > out
	put_list(folder, "en", target)
	end_page()
}

function put_labs(language,    i, name, group) {
	for (i = 1; i <= lab_count; i++) {
		name = labs[i]
		if (group_of[language, name] != group) {
			if (group != "")
				print "</ul>" > out
			group = group_of[language, name]
			printf "<h3>%s</h3>\n<ul class=\"labs\">\n", escaped(group) > out
		}
		printf "<li><a href=\"%s\">%s</a> <span>%s</span> <small>%s %s · %s %s</small></li>\n",
			target_of["labs/" name "/README" (language == "zh" ? ".zh" : "") ".md"],
			escaped(title_of[language, name]), escaped(text_in[language, name]),
			minutes[name], text_of("minutes", language), text_of("level", language),
			level[name] > out
	}
	if (group != "")
		print "</ul>" > out
}
function put_downloads(language,    i) {
	printf "<table>\n<tr><th>%s</th><th>%s</th><th>SHA-256</th></tr>\n",
		text_of("file", language), text_of("size", language) > out
	for (i = 1; i <= sum_count; i++)
		printf "<tr><td><a href=\"%s\" download>%s</a></td><td>%.1f MB</td><td><code>%s</code></td></tr>\n",
			escaped(files[i]), escaped(files[i]), sizes[i] / 1e6, sums[i] > out
	printf "</table>\n<p>%s <a href=\"SHA256SUMS\">SHA256SUMS</a></p>\n", text_of("sums", language) > out
}
function put_start(language,    of) {
	of = language == "zh" ? "docs/zh/" : "docs/"
	begin_page(start_of(language), language, "rung", start_of(language == "zh" ? "en" : "zh"))
	printf "<h1>rung</h1>\n<p class=\"about\">%s</p>\n<p class=\"door\"><a class=\"button\" " \
		"href=\"rung.html?lang=%s\">%s</a> <span>%s</span></p>\n<ul class=\"list\">\n" \
		"<li><a href=\"%sFIRST-HOUR.html\">%s</a></li>\n<li><a href=\"%sCLASS.html\">%s</a></li>\n" \
		"<li><a href=\"%sindex.html\">%s</a></li>\n</ul>\n<h2 id=\"labs\">%s</h2>\n",
		text_of("about", language), language, text_of("open", language), text_of("nothing", language),
		of, text_of("hour", language), of, text_of("class", language), of, text_of("all", language),
		text_of("labs", language) > out
	put_labs(language)
	printf "<h2 id=\"download\">%s</h2>\n", text_of("download", language) > out
	put_downloads(language)
	end_page()
}

END {
	for (i = 1; i <= page_count; i++)
		put_page(sources[i], target_of[sources[i]], language_of[sources[i]], lab_of[sources[i]])
	put_documents("en")
	put_documents("zh")
	put_folder("docs/roles/", text_of("roles", "en"))
	put_start("en")
	put_start("zh")
	exit failed
}
