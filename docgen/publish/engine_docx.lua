-- Filter of the Word writer. What OOXML has no word for travels to docgen/publish/word as elements of
-- the namespace urn:docgen:word in raw OOXML: they stand before, around or inside what they describe.

local function escape(text)
  local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }
  return (text:gsub('[&<>"]', entities))
end

local function element(name, attributes, content)
  local parts = { "<d:" .. name .. ' xmlns:d="urn:docgen:word"' }
  for _, pair in ipairs(attributes or {}) do
    parts[#parts + 1] = " " .. pair[1] .. '="' .. escape(pair[2]) .. '"'
  end
  parts[#parts + 1] = content and ">" .. escape(content) .. "</d:" .. name .. ">" or "/>"
  return table.concat(parts)
end

local function block(name, attributes)
  return pandoc.RawBlock("openxml", element(name, attributes))
end

local function inline(name, attributes, content)
  return pandoc.RawInline("openxml", element(name, attributes, content))
end

local function styled(style, inlines)
  return pandoc.Div({ pandoc.Para(inlines) }, pandoc.Attr("", {}, { ["custom-style"] = style }))
end

local function enclosed(open, blocks, close)
  local result = pandoc.Blocks({ block(open) })
  result:extend(blocks)
  result:insert(block(close))
  return result
end

-- The caption's inlines with its number, which becomes the target of references to `id`.
local function numbered(caption, id)
  local inlines = pandoc.utils.blocks_to_inlines(caption.long)
  return inlines:walk({
    Span = function(span)
      if span.classes:includes("caption-number") then
        return inline("number", { { "id", id } }, pandoc.utils.stringify(span))
      end
    end,
  })
end

local function has_text(row)
  for _, cell in ipairs(row.cells) do
    if pandoc.utils.stringify(cell.contents) ~= "" then
      return true
    end
  end
  return false
end

local function mark_cells(rows)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      if #cell.classes > 0 then
        cell.contents:insert(1, block("cell", { { "class", table.concat(cell.classes, " ") } }))
      end
    end
  end
end

local filter = {}

function filter.Table(tbl)
  local widths = {}
  for _, spec in ipairs(tbl.colspecs) do
    widths[#widths + 1] = string.format("%.6f", spec[2] or 0)
  end
  local kind = tbl.classes[1] or "grid"
  if kind == "plain" then
    tbl.head.rows = tbl.head.rows:filter(has_text)
  end
  mark_cells(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do
    mark_cells(body.body)
  end
  local result = pandoc.Blocks({})
  if #tbl.caption.long > 0 then
    result:insert(styled("Table Caption", numbered(tbl.caption, tbl.identifier)))
  end
  tbl.caption, tbl.identifier = { long = {} }, ""
  result:insert(block("table", { { "class", kind }, { "widths", table.concat(widths, " ") } }))
  result:insert(tbl)
  return result
end

function filter.Image(image)
  local name = image.src:match("^figures/([%w-_]+)$")
  return name and inline("picture", { { "name", name } })
end

function filter.Figure(figure)
  return {
    styled("Captioned Figure", pandoc.utils.blocks_to_inlines(figure.content)),
    styled("Image Caption", numbered(figure.caption, figure.identifier)),
  }
end

function filter.Div(div)
  if div.classes:includes("landscape") then
    return enclosed("landscape", div.content, "portrait")
  elseif div.classes:includes("note") then
    return enclosed("note", div.content, "note-end")
  end
end

function filter.Link(link)
  if link.classes:includes("document") then
    return link.content
  elseif link.classes:includes("xref") then
    return inline("reference", { { "to", (link.target:gsub("^#", "")) } }, pandoc.utils.stringify(link))
  end
end

function filter.Emph(emph)
  return pandoc.Span(emph.content, pandoc.Attr("", {}, { ["custom-style"] = "Emphasis" }))
end

-- Headings carry their id here because pandoc's own bookmarks enclose whole sections.
function filter.Header(header)
  local attributes = { { "id", header.identifier } }
  if header.classes:includes("newpage") then
    attributes[2] = { "newpage", "yes" }
  end
  header.identifier = ""
  return { block("heading", attributes), header }
end

return filter
