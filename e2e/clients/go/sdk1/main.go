// Uses every method of aliyun-oss-go-sdk (v1) that the store serves, with each signature.
//
// usage: sdk1 RESULT-FILE      environment: OSS, ACCESS_KEY_ID, ACCESS_KEY_SECRET
package main

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/aliyun/aliyun-oss-go-sdk/oss"

	. "rebatch.dev/e2e/clients/report"
)

const odd = "dir/a b+c!'()*~é%25&x=y?#.txt"

func main() {
	reports := map[string]*Report{}
	for _, version := range []oss.AuthVersionType{oss.AuthV1, oss.AuthV2, oss.AuthV4} {
		reports[string(version)] = use(version)
	}
	Write(os.Args[1], reports)
}

type session struct {
	*Report
	client *oss.Client
	bucket *oss.Bucket
	name   string
	folder string
}

func use(version oss.AuthVersionType) *Report {
	options := []oss.ClientOption{oss.AuthVersion(version), oss.Region("cn-hangzhou")}
	client := Must(oss.New(os.Getenv("OSS"), os.Getenv("ACCESS_KEY_ID"), os.Getenv("ACCESS_KEY_SECRET"), options...))
	name := "go-sdk-1-" + string(version)
	folder := Must(os.MkdirTemp("", "go-sdk-1"))
	defer os.RemoveAll(folder)
	s := session{New(client, &oss.Bucket{}), client, Must(client.Bucket(name)), name, folder}
	s.buckets()
	s.objects()
	s.files()
	s.appends()
	s.listings()
	s.copies()
	s.uploads()
	s.links()
	s.attributes()
	s.configurations()
	s.classes()
	s.versions()
	s.deletions()
	return s.Report
}

func (s session) read(body io.ReadCloser, err error) string {
	Check(err)
	defer body.Close()
	return string(Must(io.ReadAll(body)))
}

func (s session) refused(status int, code string, err error) {
	var refusal oss.ServiceError
	if !errors.As(err, &refusal) {
		panic("not refused: " + code)
	}
	Equal(refusal.StatusCode, status)
	Equal(refusal.Code, code)
	Equal(len(refusal.RequestID), 24)
}

func (s session) buckets() {
	s.Check("Client.CreateBucket Client.Bucket Client.IsBucketExist Client.ListBuckets", func() {
		Check(s.client.CreateBucket(s.name))
		Equal(Must(s.client.IsBucketExist(s.name)), true)
		listed := Must(s.client.ListBuckets(oss.Prefix(s.name)))
		Equal(listed.Buckets[0].Name, s.name)
		s.refused(404, "NoSuchBucket", s.client.DeleteBucket("is-not-there"))
	})
	s.Check("Client.GetBucketInfo Client.GetBucketLocation Client.GetBucketStat Client.GetBucketVersioning Bucket.ListLiveChannel", func() {
		Equal(len(Must(s.bucket.ListLiveChannel()).LiveChannel), 0)
		Equal(Must(s.client.GetBucketInfo(s.name)).BucketInfo.StorageClass, "Standard")
		Equal(Must(s.client.GetBucketLocation(s.name)), "oss-local")
		Equal(Must(s.client.GetBucketStat(s.name)).ObjectCount, 0)
		Equal(Must(s.client.GetBucketVersioning(s.name)).Status, "")
	})
	s.Check("Client.SetBucketACL Client.GetBucketACL", func() {
		Check(s.client.SetBucketACL(s.name, oss.ACLPublicRead))
		Equal(Must(s.client.GetBucketACL(s.name)).ACL, "public-read")
		Check(s.client.SetBucketACL(s.name, oss.ACLPrivate))
	})
}

func (s session) objects() {
	s.Check("Bucket.PutObject Bucket.GetObject Bucket.IsObjectExist Bucket.GetObjectMeta Bucket.GetObjectDetailedMeta", func() {
		Check(s.bucket.PutObject(odd, strings.NewReader("hello"), oss.Meta("a", "v"), oss.ContentType("text/plain")))
		Equal(s.read(s.bucket.GetObject(odd)), "hello")
		Equal(s.read(s.bucket.GetObject(odd, oss.Range(1, 3))), "ell")
		Equal(s.read(s.bucket.GetObject(odd, oss.NormalizedRange("-2"))), "lo")
		Equal(Must(s.bucket.IsObjectExist(odd)), true)
		Equal(Must(s.bucket.IsObjectExist("nothing")), false)
		Equal(Must(s.bucket.GetObjectMeta(odd)).Get("Content-Length"), "5")
		detailed := Must(s.bucket.GetObjectDetailedMeta(odd))
		Equal(detailed.Get("X-Oss-Meta-A")+detailed.Get("Content-Type"), "vtext/plain")
		_, err := s.bucket.GetObject("nothing")
		s.refused(404, "NoSuchKey", err)
		s.refused(409, "FileAlreadyExists", s.bucket.PutObject(odd, strings.NewReader("x"), oss.ForbidOverWrite(true)))
		_, err = s.bucket.GetObject(odd, oss.IfMatch("X"))
		s.refused(412, "PreconditionFailed", err)
	})
	s.Check("Bucket.DoPutObject Bucket.DoGetObject Bucket.SetObjectMeta Bucket.GetConfig", func() {
		put := &oss.PutObjectRequest{ObjectKey: "do", Reader: strings.NewReader("done")}
		Equal(Must(s.bucket.DoPutObject(put, nil)).StatusCode, 200)
		got := Must(s.bucket.DoGetObject(&oss.GetObjectRequest{ObjectKey: "do"}, nil))
		Equal(s.read(got.Response.Body, nil), "done")
		Equal(got.ClientCRC.Sum64(), got.ServerCRC)
		Check(s.bucket.SetObjectMeta("do", oss.Meta("z", "1")))
		Equal(Must(s.bucket.GetObjectDetailedMeta("do")).Get("X-Oss-Meta-Z"), "1")
		Equal(s.bucket.GetConfig().IsEnableCRC, true)
	})
}

func (s session) files() {
	path, back := filepath.Join(s.folder, "file"), filepath.Join(s.folder, "back")
	data := bytes.Repeat([]byte("0123456789abcdef"), 40_000)
	Check(os.WriteFile(path, data, 0o600))
	same := func() { Equal(Must(os.ReadFile(back)), data) }
	s.Check("Bucket.PutObjectFromFile Bucket.GetObjectToFile", func() {
		Check(s.bucket.PutObjectFromFile("file", path))
		Check(s.bucket.GetObjectToFile("file", back))
		same()
	})
	s.Check("Bucket.UploadFile Bucket.DownloadFile Bucket.CopyFile", func() {
		Check(s.bucket.UploadFile("big/ü 1", path, 110*1024, oss.Routines(3), oss.Checkpoint(true, "")))
		Check(s.bucket.CopyFile(s.name, "big/ü 1", "big/2", 110*1024, oss.Routines(3)))
		Check(s.bucket.DownloadFile("big/2", back, 110*1024, oss.Routines(3), oss.Checkpoint(true, "")))
		same()
	})
}

func (s session) appends() {
	s.Check("Bucket.AppendObject Bucket.DoAppendObject", func() {
		next := Must(s.bucket.AppendObject("log", strings.NewReader("hello"), 0))
		request := &oss.AppendObjectRequest{ObjectKey: "log", Reader: strings.NewReader(" world"), Position: next}
		Equal(Must(s.bucket.DoAppendObject(request, nil)).NextPosition, int64(11))
		_, err := s.bucket.AppendObject("log", strings.NewReader("x"), 3)
		s.refused(409, "PositionNotEqualToLength", err)
		Equal(s.read(s.bucket.GetObject("log")), "hello world")
	})
}

func (s session) listings() {
	s.Check("Bucket.ListObjects Bucket.ListObjectsV2", func() {
		for _, key := range []string{"l/1/a", "l/1/b", "l/2/a", "l/é"} {
			Check(s.bucket.PutObject(key, strings.NewReader("x")))
		}
		var keys, folders []string
		for marker := ""; ; {
			page := Must(s.bucket.ListObjects(oss.Prefix("l/"), oss.MaxKeys(1), oss.Marker(marker)))
			for _, object := range page.Objects {
				keys = append(keys, object.Key)
			}
			if marker = page.NextMarker; !page.IsTruncated {
				break
			}
		}
		Equal(keys, []string{"l/1/a", "l/1/b", "l/2/a", "l/é"})
		for token := ""; ; {
			page := Must(s.bucket.ListObjectsV2(oss.Prefix("l/"), oss.Delimiter("/"), oss.MaxKeys(1), oss.ContinuationToken(token)))
			folders = append(folders, page.CommonPrefixes...)
			if token = page.NextContinuationToken; !page.IsTruncated {
				break
			}
		}
		Equal(folders, []string{"l/1/", "l/2/"})
	})
}

func (s session) copies() {
	s.Check("Bucket.CopyObject Bucket.CopyObjectTo Bucket.CopyObjectFrom", func() {
		Must(s.bucket.CopyObject(odd, "copy/"+odd))
		Must(s.bucket.CopyObjectTo(s.name, "copy/2", "copy/"+odd))
		Must(s.bucket.CopyObjectFrom(s.name, "copy/2", "copy/3"))
		Equal(s.read(s.bucket.GetObject("copy/3")), "hello")
	})
}

func (s session) uploads() {
	s.Check("Bucket.InitiateMultipartUpload Bucket.UploadPart Bucket.UploadPartCopy Bucket.UploadPartFromFile "+
		"Bucket.DoUploadPart Bucket.ListUploadedParts Bucket.ListMultipartUploads Bucket.CompleteMultipartUpload "+
		"Bucket.AbortMultipartUpload", func() {
		const size = 110_000
		part := strings.Repeat("a", size)
		upload := Must(s.bucket.InitiateMultipartUpload("parts", oss.ContentType("video/x")))
		path := filepath.Join(s.folder, "part")
		Check(os.WriteFile(path, []byte(part), 0o600))
		Check(s.bucket.PutObject("source", strings.NewReader(strings.Repeat("b", size))))
		first := Must(s.bucket.UploadPart(upload, strings.NewReader(part), size, 1))
		second := Must(s.bucket.UploadPartCopy(upload, s.name, "source", 0, size, 2))
		third := Must(s.bucket.UploadPartFromFile(upload, path, 0, size, 3))
		request := &oss.UploadPartRequest{InitResult: &upload, Reader: strings.NewReader("end"), PartSize: 3, PartNumber: 4}
		fourth := Must(s.bucket.DoUploadPart(request, nil)).Part
		Equal(len(Must(s.bucket.ListUploadedParts(upload)).UploadedParts), 4)
		Equal(Must(s.bucket.ListMultipartUploads()).Uploads[0].UploadID, upload.UploadID)
		Must(s.bucket.CompleteMultipartUpload(upload, []oss.UploadPart{first, second, third, fourth}))
		Equal(s.read(s.bucket.GetObject("parts")), part+strings.Repeat("b", size)+part+"end")
		upload = Must(s.bucket.InitiateMultipartUpload("gone"))
		Check(s.bucket.AbortMultipartUpload(upload))
		_, err := s.bucket.ListUploadedParts(upload)
		s.refused(404, "NoSuchUpload", err)
	})
}

func (s session) links() {
	s.Check("Bucket.SignURL Bucket.PutObjectWithURL Bucket.DoPutObjectWithURL Bucket.PutObjectFromFileWithURL "+
		"Bucket.GetObjectWithURL Bucket.DoGetObjectWithURL Bucket.GetObjectToFileWithURL", func() {
		key := "by/link ü"
		put, get := Must(s.bucket.SignURL(key, oss.HTTPPut, 60)), Must(s.bucket.SignURL(key, oss.HTTPGet, 60))
		Check(s.bucket.PutObjectWithURL(put, strings.NewReader("one")))
		Equal(s.read(s.bucket.GetObjectWithURL(get)), "one")
		Must(s.bucket.DoPutObjectWithURL(put, strings.NewReader("two"), nil))
		Equal(s.read(Must(s.bucket.DoGetObjectWithURL(get, nil)).Response.Body, nil), "two")
		path := filepath.Join(s.folder, "link")
		Check(os.WriteFile(path, []byte("three"), 0o600))
		Check(s.bucket.PutObjectFromFileWithURL(put, path))
		Check(s.bucket.GetObjectToFileWithURL(get, path))
		Equal(string(Must(os.ReadFile(path))), "three")
		shown := Must(http.Get(Must(s.bucket.SignURL(key, oss.HTTPGet, 60, oss.ResponseContentType("image/x")))))
		Equal(shown.Header.Get("Content-Type"), "image/x")
		Check(shown.Body.Close())
	})
}

func (s session) attributes() {
	s.Check("Bucket.SetObjectACL Bucket.GetObjectACL", func() {
		Check(s.bucket.SetObjectACL("do", oss.ACLPublicRead))
		Equal(Must(s.bucket.GetObjectACL("do")).ACL, "public-read")
	})
	s.Check("Bucket.PutSymlink Bucket.GetSymlink", func() {
		Check(s.bucket.PutSymlink("link", odd))
		Equal(Must(s.bucket.GetSymlink("link")).Get(oss.HTTPHeaderOssSymlinkTarget), odd)
		Equal(s.read(s.bucket.GetObject("link")), "hello")
	})
	s.Check("Bucket.ProcessObject Client.PutBucketStyle Client.PutBucketStyleXml Client.GetBucketStyle Client.GetBucketStyleXml "+
		"Client.ListBucketStyle Client.ListBucketStyleXml Client.DeleteBucketStyle", func() {
		Check(s.bucket.PutObject("picture", bytes.NewReader(Picture)))
		Check(s.client.PutBucketStyle(s.name, "half", "image/resize,p_50"))
		Check(s.client.PutBucketStyleXml(s.name, "turned", "<Style><Content>image/rotate,90</Content></Style>"))
		Equal(Must(s.client.GetBucketStyle(s.name, "half")).Content, "image/resize,p_50")
		Equal(strings.Contains(Must(s.client.GetBucketStyleXml(s.name, "turned")), "image/rotate,90"), true)
		Equal(len(Must(s.client.ListBucketStyle(s.name)).Style), 2)
		Equal(strings.Contains(Must(s.client.ListBucketStyleXml(s.name)), "turned"), true)
		place := base64.URLEncoding.EncodeToString([]byte("small"))
		Equal(Must(s.bucket.ProcessObject("picture", "style/half|sys/saveas,o_"+place)).Status, "OK")
		info := s.read(s.bucket.GetObject("small", oss.Process("image/info")))
		Equal(strings.Contains(info, `"ImageWidth":{"value":"20"}`), true)
		Check(s.client.DeleteBucketStyle(s.name, "half"))
		Check(s.client.DeleteBucketStyle(s.name, "turned"))
	})
	s.Check("Bucket.PutObjectTagging Bucket.GetObjectTagging Bucket.DeleteObjectTagging", func() {
		Check(s.bucket.PutObjectTagging("do", oss.Tagging{Tags: []oss.Tag{{Key: "reel", Value: "12 b+é"}}}))
		Equal(Must(s.bucket.GetObjectTagging("do")).Tags[0].Value, "12 b+é")
		Check(s.bucket.DeleteObjectTagging("do"))
		Equal(len(Must(s.bucket.GetObjectTagging("do")).Tags), 0)
	})
	s.Check("Bucket.RestoreObject Bucket.RestoreObjectDetail Bucket.RestoreObjectXML", func() {
		for _, key := range []string{"cold/1", "cold/2", "cold/3"} {
			Check(s.bucket.PutObject(key, strings.NewReader("c"), oss.ObjectStorageClass(oss.StorageArchive)))
		}
		_, err := s.bucket.GetObject("cold/1")
		s.refused(403, "InvalidObjectState", err)
		Check(s.bucket.RestoreObject("cold/1"))
		Check(s.bucket.RestoreObjectDetail("cold/2", oss.RestoreConfiguration{Days: 2}))
		Check(s.bucket.RestoreObjectXML("cold/3", "<RestoreRequest><Days>2</Days></RestoreRequest>"))
	})
}

func (s session) configurations() {
	s.Check("Client.SetBucketLifecycle Client.SetBucketLifecycleXml Client.GetBucketLifecycle Client.GetBucketLifecycleXml "+
		"Client.DeleteBucketLifecycle", func() {
		Check(s.client.SetBucketLifecycle(s.name, []oss.LifecycleRule{oss.BuildLifecycleRuleByDays("one", "tmp/", true, 3)}))
		Equal(Must(s.client.GetBucketLifecycle(s.name)).Rules[0].Expiration.Days, 3)
		Check(s.client.SetBucketLifecycleXml(s.name, Must(s.client.GetBucketLifecycleXml(s.name))))
		Check(s.client.DeleteBucketLifecycle(s.name))
		_, err := s.client.GetBucketLifecycle(s.name)
		s.refused(404, "NoSuchLifecycle", err)
	})
	s.Check("Client.SetBucketCORS Client.SetBucketCORSV2 Client.SetBucketCORSXml Client.GetBucketCORS Client.GetBucketCORSXml "+
		"Client.DeleteBucketCORS Bucket.OptionsMethod", func() {
		rule := oss.CORSRule{AllowedOrigin: []string{"http://page.example"}, AllowedMethod: []string{"GET"}, MaxAgeSeconds: 9}
		Check(s.client.SetBucketCORS(s.name, []oss.CORSRule{rule}))
		Check(s.client.SetBucketCORSV2(s.name, oss.PutBucketCORS{CORSRules: []oss.CORSRule{rule}}))
		Equal(Must(s.client.GetBucketCORS(s.name)).CORSRules[0].MaxAgeSeconds, 9)
		Check(s.client.SetBucketCORSXml(s.name, Must(s.client.GetBucketCORSXml(s.name))))
		allowed := Must(s.bucket.OptionsMethod("do", oss.SetHeader("Origin", "http://page.example"),
			oss.SetHeader("Access-Control-Request-Method", "GET")))
		Equal(allowed.Get("Access-Control-Allow-Origin"), "http://page.example")
		Check(s.client.DeleteBucketCORS(s.name))
	})
	s.Check("Client.SetBucketReferer Client.SetBucketRefererV2 Client.PutBucketRefererXml Client.GetBucketReferer "+
		"Client.GetBucketRefererXml", func() {
		Check(s.client.SetBucketReferer(s.name, []string{"http://studio.example"}, true))
		Equal(Must(s.client.GetBucketReferer(s.name)).RefererList, []string{"http://studio.example"})
		Check(s.client.PutBucketRefererXml(s.name, Must(s.client.GetBucketRefererXml(s.name))))
		Check(s.client.SetBucketRefererV2(s.name, oss.RefererXML{AllowEmptyReferer: true}))
	})
	s.Check("Client.SetBucketLogging Client.GetBucketLogging Client.DeleteBucketLogging", func() {
		Check(s.client.SetBucketLogging(s.name, s.name, "logs/", true))
		Equal(Must(s.client.GetBucketLogging(s.name)).LoggingEnabled.TargetPrefix, "logs/")
		Check(s.client.DeleteBucketLogging(s.name))
	})
	s.Check("Client.SetBucketWebsite Client.SetBucketWebsiteDetail Client.SetBucketWebsiteXml Client.GetBucketWebsite "+
		"Client.GetBucketWebsiteXml Client.DeleteBucketWebsite", func() {
		Check(s.client.SetBucketWebsite(s.name, "index.html", "error.html"))
		Equal(Must(s.client.GetBucketWebsite(s.name)).IndexDocument.Suffix, "index.html")
		Check(s.client.SetBucketWebsiteXml(s.name, Must(s.client.GetBucketWebsiteXml(s.name))))
		Check(s.client.SetBucketWebsiteDetail(s.name, oss.WebsiteXML{IndexDocument: oss.IndexDocument{Suffix: "i.html"}}))
		Check(s.client.DeleteBucketWebsite(s.name))
	})
	s.Check("Client.SetBucketTagging Client.GetBucketTagging Client.DeleteBucketTagging", func() {
		Check(s.client.SetBucketTagging(s.name, oss.Tagging{Tags: []oss.Tag{{Key: "studio", Value: "north"}}}))
		Equal(Must(s.client.GetBucketTagging(s.name)).Tags[0].Value, "north")
		Check(s.client.DeleteBucketTagging(s.name))
	})
	s.Check("Client.SetBucketEncryption Client.GetBucketEncryption Client.DeleteBucketEncryption", func() {
		rule := oss.ServerEncryptionRule{SSEDefault: oss.SSEDefaultRule{SSEAlgorithm: "AES256"}}
		Check(s.client.SetBucketEncryption(s.name, rule))
		Equal(Must(s.client.GetBucketEncryption(s.name)).SSEDefault.SSEAlgorithm, "AES256")
		Check(s.client.DeleteBucketEncryption(s.name))
	})
	s.Check("Client.SetBucketPolicy Client.GetBucketPolicy Client.DeleteBucketPolicy", func() {
		Check(s.client.SetBucketPolicy(s.name, `{"Version":"1","Statement":[{"Effect":"Allow","Principal":["*"],`+
			`"Action":["oss:GetObject"],"Resource":["acs:oss:*:*:`+s.name+`/do"]}]}`))
		Equal(strings.Contains(Must(s.client.GetBucketPolicy(s.name)), "oss:GetObject"), true)
		Check(s.client.DeleteBucketPolicy(s.name))
	})
	s.Check("Client.SetBucketRequestPayment Client.GetBucketRequestPayment", func() {
		Check(s.client.SetBucketRequestPayment(s.name, oss.RequestPaymentConfiguration{Payer: "Requester"}))
		Equal(Must(s.client.GetBucketRequestPayment(s.name)).Payer, "Requester")
	})
}

func (s session) deletions() {
	s.Check("Bucket.DeleteObject Bucket.DeleteObjects Bucket.DeleteMultipleObjectsXml Client.DeleteBucket", func() {
		s.refused(409, "BucketNotEmpty", s.client.DeleteBucket(s.name))
		Check(s.bucket.DeleteObject(odd))
		Must(s.bucket.DeleteMultipleObjectsXml("<Delete><Quiet>false</Quiet><Object><Key>do</Key></Object></Delete>"))
		var keys []string
		for _, object := range Must(s.bucket.ListObjects(oss.MaxKeys(1000))).Objects {
			keys = append(keys, object.Key)
		}
		deleted := Must(s.bucket.DeleteObjects(keys)).DeletedObjects
		Equal(len(deleted), len(keys))
		Check(s.client.DeleteBucket(s.name))
	})
}
