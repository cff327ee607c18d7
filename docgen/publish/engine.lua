-- Writes the bodies of a batch of compositions in one pandoc process.
-- Called as: pandoc lua engine.lua JOBS.json
-- JOBS.json is a list of {ast, formats, reference, out}: path of the AST, names of the formats,
-- path of the Word reference document, path of the results without extension.

local here = arg[0]:match("^(.*[/\\])") or ""
local filters = { docx = dofile(here .. "engine_docx.lua"), html = {}, typst = {} }

-- ---------------------------------------------------------------------------------------- typst
-- Filter of the PDF writer. The names it uses (primary, level, note, landscape, blank ...) are
-- those of frames/document.typ; styles are set here cell by cell because a Typst show rule is
-- tried on every cell of every register.

local typst = {}

local RISK_LEVELS = { ["level-low"] = "low", ["level-medium"] = "medium", ["level-high"] = "high",
  ["level-extreme"] = "extreme" }

local function code(text)
  return pandoc.RawBlock("typst", text)
end

local function wrapped(open, blocks, close)
  local result = pandoc.Blocks({ code(open) })
  result:extend(blocks)
  result:insert(code(close))
  return result
end

local function style_head(head)
  for _, row in ipairs(head.rows) do
    for _, cell in ipairs(row.cells) do
      cell.attributes["typst:fill"] = "primary"
      cell.attributes["typst:text:fill"] = "on-primary"
      cell.attributes["typst:text:weight"] = "700"
    end
  end
end

local function is_blank(cell)
  return #cell.contents == 0 or pandoc.utils.stringify(cell.contents) == ""
end

local function has_text(row)
  for _, cell in ipairs(row.cells) do
    if not is_blank(cell) then
      return true
    end
  end
  return false
end

local function style_cell(cell, is_form)
  for _, class in ipairs(cell.classes) do
    local level = RISK_LEVELS[class]
    if level then
      cell.attributes["typst:fill"] = 'level("' .. level .. '")'
    elseif class == "label" then
      cell.attributes["typst:fill"] = "tint"
      cell.attributes["typst:text:weight"] = "500"
    elseif class == "center" then
      cell.alignment = "AlignCenter"
    end
  end
  if is_form and is_blank(cell) then
    cell.contents = { code(cell.col_span > 1 and "#wide-blank" or "#blank") }
  end
end

-- Rows are not split over pages, unless a cell may be higher than a page has room for: lines are
-- guessed from bytes, three to a Chinese character as wide as two Latin letters.
local PAGE_LINES = 26
local LINE_BYTES = 128

local function allow_split(row, colspecs)
  local column = 1
  for _, cell in ipairs(row.cells) do
    local width = (colspecs[column] or {})[2] or 1
    column = column + cell.col_span
    if #pandoc.utils.stringify(cell.contents) > PAGE_LINES * LINE_BYTES * width then
      for _, each in ipairs(row.cells) do
        each.attributes["typst:breakable"] = "true"
      end
      return
    end
  end
end

local SHORT_ROWS = 6
local SHORT_BYTES = 1800

local function is_short(tbl)
  local rows = 0
  for _, body in ipairs(tbl.bodies) do
    rows = rows + #body.body
  end
  return rows <= SHORT_ROWS and #pandoc.utils.stringify(tbl) <= SHORT_BYTES
end

function typst.Table(tbl)
  local is_form = tbl.classes:includes("form")
  if tbl.classes:includes("plain") then
    tbl.attributes["typst:stroke"] = "none"
    tbl.head.rows = tbl.head.rows:filter(has_text)
  else
    style_head(tbl.head)
  end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      allow_split(row, tbl.colspecs)
      for _, cell in ipairs(row.cells) do
        if is_form or #cell.classes > 0 then
          style_cell(cell, is_form)
        end
      end
    end
  end
  return not is_form and is_short(tbl) and wrapped("#whole[", { tbl }, "]") or tbl
end

function typst.Image(image)
  local name = image.src:match("^figures/([%w-_]+)$")
  return name and pandoc.RawInline("typst", '#drawing("' .. name .. '")')
end

function typst.Div(div)
  if div.classes:includes("landscape") then
    return wrapped("#landscape[", div.content, "]")
  elseif div.classes:includes("note") then
    return wrapped("#note[", div.content, "]")
  end
end

function typst.Link(link)
  return link.classes:includes("document") and link.content or nil
end

function typst.Header(header)
  if header.classes:includes("newpage") then
    return { code("#pagebreak(weak: true)"), header }
  end
end

-- What Typst would take for something else in pandoc's plain writing: shorthands (three dots, a hyphen
-- before a digit), dashes and dots in a row (pandoc writes dashes as hyphens), and, at the head of a
-- cell or an item, the mark of a list, a heading or a term.
local MARKUP = { "%.%.%.", "%-[%d?]", "[-.]\226\128", "\226\128[\147\148\166][-.\226]", "^%s*[-+/]%f[%s%z]",
  "^%s*=+%f[%s%z]", "^%s*%d+%.%f[%s%z]" }

function typst.Str(str)
  local text = str.text
  local bare = false
  for _, pattern in ipairs(MARKUP) do
    bare = bare or text:find(pattern)
  end
  if bare then
    return pandoc.RawInline("typst", '#"' .. text:gsub('[\\"]', "\\%0") .. '";')
  end
end

filters.typst = typst

-- ----------------------------------------------------------------------------------------- html
-- Filter of the HTML writer.

local html = {}

local MANY_COLUMNS = 5

function html.Table(tbl)
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do
      cell.attributes.scope = "col"
    end
  end
  local region = pandoc.Attr("", { "scroll" }, { { "tabindex", "0" } })
  if #tbl.colspecs >= MANY_COLUMNS then
    region.classes:insert("wide")
  end
  local caption = pandoc.utils.stringify(tbl.caption.long)
  if caption ~= "" then
    region.attributes["role"] = "region"
    region.attributes["aria-label"] = caption
  end
  return pandoc.Div(tbl, region)
end

function html.Div(div)
  if div.classes:includes("note") then
    div.attributes.role = "note"
    return div
  end
end

function html.Link(link)
  link.attributes = {}
  return link
end

function html.Header(header)
  header.attributes = {}
  return header
end

filters.html = html

-- --------------------------------------------------------------------------------------- writing

local function read_file(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("a")
  file:close()
  return content
end

local function write_file(path, content)
  local file = assert(io.open(path, "wb"))
  file:write(content)
  file:close()
end

local writers = {
  docx = function(doc, job)
    return pandoc.write(doc, "docx", pandoc.WriterOptions({ reference_doc = job.reference }))
  end,
  html = function(doc)
    return pandoc.write(doc, "html5", pandoc.WriterOptions({ number_sections = true, wrap_text = "none" }))
  end,
  typst = function(doc)
    return pandoc.write(doc, "typst", pandoc.WriterOptions({ wrap_text = "none" }))
  end,
}

local extensions = { docx = ".docx", html = ".html", typst = ".typ" }

for _, job in ipairs(pandoc.json.decode(read_file(arg[1]), false)) do
  local doc = pandoc.read(read_file(job.ast), "json")
  for _, format in ipairs(job.formats) do
    write_file(job.out .. extensions[format], writers[format](doc:walk(filters[format]), job))
  end
end
